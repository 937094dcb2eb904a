"""Reads the environment once, typed. A wrong value names its variable (SettingsError) and stops the
start.

Nothing else in the tree reads `os.environ` for a setting of Mầm's.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r"^\d+:\S+$")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """A setting has a value that cannot be used. The message names the variable."""


@dataclass(frozen=True)
class Environment:
    """All settings, as INTERFACES.md lists them. Days, hosts, addresses; None where not set."""

    data_dir: Path
    host: str
    port: int
    public_url: str | None
    secret_key: str
    organisation: str
    contact: str
    time_zone: str
    database_url: str
    redis_url: str | None
    telegram_token: str | None
    telegram_api: str
    counsellor_chat_id: int | None
    rasa_url: str | None
    actions_url: str | None
    inner_host: str
    inner_token: str
    metrics_token: str | None
    retention_days: int
    fast_time: float
    log_level: str

    @property
    def is_public_https(self) -> bool:
        return bool(self.public_url and self.public_url.startswith("https://"))


def read_environment() -> Environment:
    """The settings of this process. Raises SettingsError, naming the variable."""
    env = environ.Env()
    if (ROOT / ".env").is_file():
        environ.Env.read_env(ROOT / ".env", overwrite=False)
    data_dir = Path(_text(env, "MAM_DATA_DIR") or "var").expanduser()
    if not data_dir.is_absolute():
        data_dir = ROOT / data_dir
    data_dir.mkdir(parents=True, exist_ok=True)
    public_url = _url(env, "MAM_PUBLIC_URL", {"https", "http"})
    metrics_token = _text(env, "MAM_METRICS_TOKEN")
    if public_url and not metrics_token:
        raise SettingsError("MAM_METRICS_TOKEN must be set when MAM_PUBLIC_URL is set")
    token = _text(env, "TELEGRAM_BOT_TOKEN")
    if token and not TOKEN.match(token):
        raise SettingsError("TELEGRAM_BOT_TOKEN must look like <digits>:<anything>")
    return Environment(
        data_dir=data_dir,
        host=_text(env, "MAM_HOST") or "127.0.0.1",
        port=_integer(env, "MAM_PORT", 8000, 1, 65535),
        public_url=public_url,
        secret_key=_text(env, "MAM_SECRET_KEY") or _kept_secret(data_dir / "secret-key"),
        organisation=_text(env, "MAM_ORGANISATION")
        or "(chưa điền tên tổ chức vận hành: MAM_ORGANISATION)",
        contact=_text(env, "MAM_CONTACT") or "(chưa điền nơi liên hệ: MAM_CONTACT)",
        time_zone=_zone(env),
        database_url=_url(env, "DATABASE_URL", {"postgresql", "postgres", "sqlite"})
        or f"sqlite:///{data_dir / 'mam.sqlite3'}",
        redis_url=_url(env, "REDIS_URL", {"redis", "rediss", "unix"}),
        telegram_token=token,
        telegram_api=_url(env, "TELEGRAM_API_BASE_URL", {"https", "http"})
        or "https://api.telegram.org",
        counsellor_chat_id=_chat_id(env),
        rasa_url=_url(env, "MAM_RASA_URL", {"https", "http"}),
        actions_url=_url(env, "MAM_ACTIONS_URL", {"https", "http"}),
        inner_host=_text(env, "MAM_INNER_HOST") or "127.0.0.1",
        inner_token=_text(env, "MAM_INNER_TOKEN") or _kept_secret(data_dir / "inner-token"),
        metrics_token=metrics_token,
        retention_days=_integer(env, "MAM_RETENTION_DAYS", 365, 1, 36500),
        fast_time=_factor(env, "MAM_FAST_TIME"),
        log_level=_log_level(env),
    )


def _text(env: environ.Env, name: str) -> str | None:
    """The value of NAME, or of the file that NAME_FILE points to; None when empty."""
    value = env.str(name, default="").strip()
    if not value and (path := env.str(f"{name}_FILE", default="").strip()):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE cannot be read: {error.strerror}") from error
    return value or None


def _integer(env: environ.Env, name: str, default: int, low: int, high: int) -> int:
    text = _text(env, name)
    if text is None:
        return default
    if not re.fullmatch(r"-?\d+", text) or not low <= int(text) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}")
    return int(text)


def _factor(env: environ.Env, name: str) -> float:
    text = _text(env, name) or "1"
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 1 <= value <= 100_000:
        raise SettingsError(f"{name} must be a number from 1 to 100000")
    return value


def _log_level(env: environ.Env) -> str:
    level = (_text(env, "MAM_LOG_LEVEL") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingsError(f"MAM_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
    return level


def _url(env: environ.Env, name: str, schemes: set[str]) -> str | None:
    text = _text(env, name)
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in schemes:
        raise SettingsError(
            f"{name} must be an address that begins with {' or '.join(sorted(schemes))}://"
        )
    if (
        parts.scheme == "http"
        and name in {"MAM_PUBLIC_URL", "TELEGRAM_API_BASE_URL"}
        and parts.hostname not in LOOPBACK
    ):
        raise SettingsError(f"{name} must use https, except on a loopback host")
    return text.rstrip("/") if parts.scheme in {"http", "https"} else text


def _chat_id(env: environ.Env) -> int | None:
    text = _text(env, "MAM_COUNSELLOR_CHAT_ID")
    if text is None:
        return None
    if not re.fullmatch(r"-?\d+", text):
        raise SettingsError("MAM_COUNSELLOR_CHAT_ID must be the number of a Telegram chat")
    return int(text)


def _zone(env: environ.Env) -> str:
    name = _text(env, "MAM_TIME_ZONE") or "Asia/Ho_Chi_Minh"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError("MAM_TIME_ZONE must be a time zone such as Asia/Ho_Chi_Minh") from error
    return name


def _kept_secret(path: Path) -> str:
    """A secret made once and kept beside the database, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
