"""Polling: kept before acknowledged, once each, in the order they come, whatever else happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from bot.messaging.channels.telegram.api import BotApi, Stopped
from bot.messaging.channels.telegram.polling import Poller
from bot.messaging.channels.telegram.readiness import Readiness
from bot.messaging.models import Conversation, InboundMessage
from tests.bot_api import BotApiServer, Failure, error, message_of

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def polling(api: BotApi, folder: Path) -> Iterator[Readiness]:
    stop, readiness = threading.Event(), Readiness(folder)

    def run() -> None:
        try:
            Poller(api, readiness).run(stop)
        except Stopped:
            pass
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield readiness
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive(), "polling ends at once when it is told to"


def texts() -> list[str]:
    return list(InboundMessage.objects.order_by("pk").values_list("text", flat=True))


def test_updates_are_kept_in_order_and_acknowledged(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    for text in ("một", "hai", "ba"):
        server.says(5, text)
    with polling(api, tmp_path):
        server.wait_for(lambda: not server.updates)
        server.says(6, "bốn")
        server.wait_for(lambda: len(texts()) == 4)
    assert texts() == ["một", "hai", "ba", "bốn"]
    assert (tmp_path / "telegram.ready").read_text() == "ok"
    assert server.called("setMyCommands"), "the menu of commands is set"
    assert server.called("deleteWebhook"), "a webhook of before would take the updates"


def test_a_duplicate_is_kept_once_and_a_late_one_is_not_lost(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    first = server.says(5, "một")
    server.push(first, number=first["update_id"])
    server.push({"message": message_of(5, 90, text="muộn")}, number=first["update_id"] - 500)
    with polling(api, tmp_path):
        server.wait_for(lambda: len(texts()) == 2)
        server.wait_for(lambda: not server.updates)
        # Telegram may begin its numbers anew, lower than before.
        server.push({"message": message_of(5, 91, text="số mới")}, number=3)
        server.wait_for(lambda: len(texts()) == 3)
    assert sorted(texts()) == ["muộn", "một", "số mới"]


def test_what_cannot_be_read_does_not_stop_the_rest(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    server.push({"message": {"message_id": "?"}})
    server.says(5, "sau rác")
    with polling(api, tmp_path):
        server.wait_for(lambda: texts() == ["sau rác"])


def test_garbage_and_failures_of_the_server_are_outlived(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    server.failures["getUpdates"] = [
        Failure(200, b"<html>not json"),
        Failure(502, b""),
        Failure(body=None),
        error(409, "Conflict: terminated by setWebhook request"),
    ]
    server.says(5, "vẫn tới")
    with polling(api, tmp_path):
        server.wait_for(lambda: texts() == ["vẫn tới"])
    assert len(server.called("deleteWebhook")) == 2, "a conflict leaves the webhook again"


def test_telegrams_patience_is_kept(api: BotApi, server: BotApiServer, tmp_path: Path) -> None:
    server.failures["getUpdates"] = [error(429, "Too Many Requests", retry_after=1)]
    server.says(5, "chờ")
    with polling(api, tmp_path):
        server.wait_for(lambda: texts() == ["chờ"])
    asked = server.called("getUpdates")
    assert asked, "asked again after a second"


def test_a_later_failure_shows_and_a_first_one_means_not_ready(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    server.failures["getUpdates"] = [error(401, "Unauthorized")]
    with polling(api, tmp_path):
        server.wait_for(lambda: (tmp_path / "telegram.ready").is_file())
        server.failures["getUpdates"] = [Failure(200, b"?"), *[Failure(200, b"?")] * 3]
        server.wait_for(lambda: (tmp_path / "telegram.ready").read_text() != "ok")
        server.wait_for(lambda: (tmp_path / "telegram.ready").read_text() == "ok")


def test_who_blocks_mam_is_marked_and_writing_again_lifts_it(
    api: BotApi, server: BotApiServer, tmp_path: Path
) -> None:
    server.says(5, "chào")
    with polling(api, tmp_path):
        server.wait_for(lambda: texts() == ["chào"])
        user = {"id": 42, "is_bot": True, "first_name": "Mầm"}
        server.push(
            {
                "my_chat_member": {
                    "chat": {"id": 5, "type": "private"},
                    "from": {"id": 5, "is_bot": False, "first_name": "Ba"},
                    "date": 1,
                    "old_chat_member": {"user": user, "status": "member"},
                    "new_chat_member": {"user": user, "status": "kicked", "until_date": 0},
                }
            }
        )
        server.wait_for(lambda: Conversation.objects.filter(is_blocked=True).exists())
        server.says(5, "lại đây")
        server.wait_for(lambda: Conversation.objects.filter(is_blocked=False).exists())
