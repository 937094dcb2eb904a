"""Sending: buttons, long texts, Telegram's patience, the blocked, the doubtful."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from bot.courier.sender import deliver, lease_due
from bot.messaging.channels.telegram.api import BotApi
from bot.messaging.channels.telegram.sender import TelegramSender, split_text
from bot.messaging.models import Channel, Conversation, OutboundMessage
from bot.messaging.services import queue_reply
from bot.messaging.services.inbox import conversation_at
from tests.bot_api import BotApiServer, Failure, error

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chat() -> Conversation:
    return conversation_at(Channel.TELEGRAM, "5")


def send_all(api: BotApi) -> None:
    """One round of the outbox, as if every wait were over."""
    OutboundMessage.objects.filter(state="pending").update(next_attempt_at=timezone.now())
    sender = TelegramSender(api)
    for message in lease_due(8):
        deliver(message, sender.send)


def test_buttons_carry_tokens_and_short_ones_share_a_row(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    buttons = [
        ("Thêm", "/more"),
        ("Nguồn", "/show_sources"),
        ("Khi nào cần đi khám", "/show_doctor"),
    ]
    queue_reply(chat, "Dạ", dedupe_key="k", buttons=buttons)
    send_all(api)
    sent = server.sent_to(5)[0]
    rows = json.loads(sent["reply_markup"])["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [
        ["Thêm", "Nguồn"],
        ["Khi nào cần đi khám"],
    ]
    assert all(len(key["callback_data"].encode()) <= 64 for row in rows for key in row)
    assert all("/" not in key["callback_data"] for row in rows for key in row)
    row = OutboundMessage.objects.get()
    assert (row.state, bool(row.external_id)) == ("sent", True)


def test_telegrams_retry_after_is_waited_for_and_the_message_arrives_once(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    server.failures["sendMessage"] = [error(429, "Too Many Requests", retry_after=30)]
    queue_reply(chat, "Dạ", dedupe_key="k")
    send_all(api)
    row = OutboundMessage.objects.get()
    assert row.state == "pending"
    assert row.next_attempt_at - timezone.now() > timedelta(seconds=25)
    send_all(api)
    assert len(server.sent_to(5)) == 1


def test_a_blocked_bot_stops_sending_to_that_chat_alone(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    server.failures["sendMessage"] = [error(403, "Forbidden: bot was blocked by the user")]
    queue_reply(chat, "một", dedupe_key="1")
    send_all(api)
    queue_reply(chat, "hai", dedupe_key="2")
    queue_reply(conversation_at(Channel.TELEGRAM, "6"), "ba", dedupe_key="3")
    for _ in range(2):
        send_all(api)
    chat.refresh_from_db()
    assert chat.is_blocked
    states = dict(OutboundMessage.objects.values_list("text", "state"))
    assert states == {"một": "failed", "hai": "failed", "ba": "sent"}
    assert server.sent_to(5) == []


def test_order_holds_while_the_first_waits(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    server.failures["sendMessage"] = [Failure(502, b"")]
    for text in ("một", "hai"):
        queue_reply(chat, text, dedupe_key=text)
    for _ in range(3):
        send_all(api)
    assert [sent["text"] for sent in server.sent_to(5)] == ["một", "hai"]


def test_an_answer_that_was_lost_is_counted_as_doubtful(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    server.failures["sendMessage"] = [Failure(body=None, is_done_anyway=True)]
    queue_reply(chat, "Dạ", dedupe_key="k")
    for _ in range(2):
        send_all(api)
    row = OutboundMessage.objects.get()
    assert (row.state, row.doubtful_attempts, len(server.sent_to(5))) == ("sent", 1, 2)


def test_what_telegram_will_never_take_is_set_aside(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    server.failures["sendMessage"] = [error(400, "Bad Request: BUTTON_DATA_INVALID")]
    queue_reply(chat, "hỏng", dedupe_key="1")
    queue_reply(chat, "lành", dedupe_key="2")
    for _ in range(2):
        send_all(api)
    assert [sent["text"] for sent in server.sent_to(5)] == ["lành"]


def test_a_group_that_moved_is_followed(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    moved = error(400, "group chat was upgraded", migrate_to_chat_id=-100)
    server.failures["sendMessage"] = [moved]
    queue_reply(chat, "Ca 1", dedupe_key="k")
    for _ in range(2):
        send_all(api)
    assert [sent["text"] for sent in server.sent_to(-100)] == ["Ca 1"]


def test_a_long_text_goes_in_pieces_and_goes_on_where_it_stopped(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    text = " ".join(f"Đây là câu số {number} của một lời dặn rất dài." for number in range(200))
    queue_reply(chat, text, dedupe_key="k", buttons=[("Thêm", "/more")])
    server.failures["sendMessage"] = []
    send_all(api)
    sent = server.sent_to(5)
    assert len(sent) > 1
    assert " ".join(piece["text"] for piece in sent) == text
    assert [bool(piece.get("reply_markup")) for piece in sent] == [False] * (len(sent) - 1) + [True]


def test_a_file_is_sent_as_a_document(
    api: BotApi, server: BotApiServer, chat: Conversation
) -> None:
    path = Path(settings.MAM.data_dir) / "exports/du-lieu.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    file = {
        "name": "du-lieu.json",
        "media_type": "application/json",
        "path": "exports/du-lieu.json",
    }
    queue_reply(chat, "Dữ liệu đây ạ", dedupe_key="k", attachment=file)
    send_all(api)
    assert server.called("sendDocument")[0].given["caption"] == "Dữ liệu đây ạ"


@pytest.mark.parametrize("text", ["x" * 9000, "câu. " * 3000, "🌱" * 5000, "a\n\nb"])
def test_pieces_fit_and_lose_nothing(text: str) -> None:
    pieces = split_text(text)
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= 4000 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
