"""Settings: typed, safe by default, and a wrong one names its variable."""

import pytest

from bot.site.environment import SettingsError, read_environment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAM_PORT", "abc"),
        ("MAM_PORT", "70000"),
        ("MAM_RETENTION_DAYS", "0"),
        ("MAM_TIME_ZONE", "Hà Nội"),
        ("TELEGRAM_BOT_TOKEN", "khong-phai"),
        ("TELEGRAM_API_BASE_URL", "http://example.org"),
        ("DATABASE_URL", "mysql://x"),
        ("MAM_COUNSELLOR_CHAT_ID", "nhóm"),
        ("MAM_FAST_TIME", "0"),
        ("MAM_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_environment()


def test_a_public_address_needs_a_metrics_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAM_PUBLIC_URL", "https://mam.example.org")
    with pytest.raises(SettingsError, match="MAM_METRICS_TOKEN"):
        read_environment()


def test_everything_stays_on_loopback_without_settings() -> None:
    settings = read_environment()
    assert (settings.host, settings.inner_host, settings.port) == ("127.0.0.1", "127.0.0.1", 8000)
    assert len(settings.secret_key) >= 40


def test_a_secret_may_come_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("secret") / "key"
    path.write_text("rat-bi-mat\n")
    monkeypatch.setenv("MAM_SECRET_KEY_FILE", str(path))
    assert read_environment().secret_key == "rat-bi-mat"
