"""The webhook: only with the secret, kept before it is acknowledged, garbage refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bot.messaging.channels.telegram.api import BotApi
from bot.messaging.channels.telegram.readiness import Readiness
from bot.messaging.channels.telegram.setup import keep_webhook, texts
from bot.messaging.channels.telegram.webhook import webhook_secret
from bot.messaging.models import InboundMessage
from tests.bot_api import BotApiServer, error, message_of

pytestmark = pytest.mark.django_db
PATH = "/telegram/webhook/"
Post = Callable[..., int]


@pytest.fixture
def post(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.setattr(settings, "MAM", replace(settings.MAM, public_url="http://localhost"))

    def send(body: object, secret: str | None = None) -> int:
        given = webhook_secret() if secret is None else secret
        return (
            Client()
            .post(
                PATH,
                body,
                content_type="application/json",
                headers={"X-Telegram-Bot-Api-Secret-Token": given},
            )
            .status_code
        )

    return send


def test_an_update_with_the_secret_is_kept_once(post: Post) -> None:
    update = {"update_id": 9, "message": message_of(5, 3, text="bé ho")}
    assert (post(update), post(update)) == (200, 200)
    assert InboundMessage.objects.get().text == "bé ho"


def test_without_the_secret_nothing_is_kept(post: Post) -> None:
    update = {"update_id": 9, "message": message_of(5, 3, text="bé ho")}
    assert {post(update, "x"), post(update, "")} == {403}
    assert not InboundMessage.objects.exists()


def test_garbage_is_refused_and_an_unknown_update_acknowledged(post: Post) -> None:
    assert post("{not json") == 400
    assert post({"update_id": 9, "message": 5}) == 200


def test_without_a_public_address_there_is_no_webhook(api: BotApi) -> None:
    assert Client().post(PATH, {}, content_type="application/json").status_code == 404


def test_it_is_registered_with_the_secret_after_failures(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    server.failures["setWebhook"] = [
        error(429, "Too Many Requests", retry_after=1),
        error(500, "?"),
    ]
    stop, readiness = threading.Event(), Readiness(tmp_path)
    thread = threading.Thread(
        target=keep_webhook, args=(api, "https://mam.example", readiness, stop)
    )
    thread.start()
    server.wait_for(lambda: (tmp_path / "telegram.ready").is_file())
    stop.set()
    thread.join(5)
    assert server.webhook["url"] == "https://mam.example/telegram/webhook/"
    assert server.webhook["secret_token"] == webhook_secret()


def test_what_telegram_shows_of_mam_fits_and_says_who_and_how_long() -> None:
    said = texts()
    assert set(said["commands"]) == {
        *("start", "menu", "be", "tuvanvien", "trolyao", "dulieu", "xoa", "dung"),
        *("quyenriengtu", "help", "huy"),
    }
    assert all(len(description) <= 256 for description in said["commands"].values())
    assert len(said["description"]) <= 512
    assert str(settings.MAM.retention_days) in said["description"]
    assert settings.MAM.organisation in said["description"]
    assert len(said["short_description"]) <= 120
