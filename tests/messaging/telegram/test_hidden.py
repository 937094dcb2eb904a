"""A notification shows nothing of violence, abuse or self-harm: all but the first lines hides."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from bot.courier.sender import deliver, lease_due
from bot.messaging.channels.telegram.api import BotApi
from bot.messaging.channels.telegram.sender import TelegramSender
from bot.messaging.models import Channel, InboundMessage, OutboundMessage
from bot.messaging.services import queue_reply, receive, record_result, save_alert
from tests.bot_api import BotApiServer

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, REST = "Mầm vẫn ở đây 🌱, anh/chị đọc riêng nhé.", "Nếu đang nguy hiểm, gọi 113."


def asked(label: str | None) -> InboundMessage:
    row = receive(Channel.TELEGRAM, "5", external_id="1", text="…")
    assert row is not None
    save_alert(row, {"label": label, "urgent": True, "also": []} if label else None)
    return row


def send(
    api: BotApi, server: BotApiServer, row: InboundMessage, text: str
) -> list[dict[str, object]]:
    """What Telegram is told to hide in the last message sent."""
    key = f"in:{row.pk}:{OutboundMessage.objects.count()}"
    queue_reply(row.conversation, text, dedupe_key=key, inbound=row)
    OutboundMessage.objects.filter(state="pending").update(next_attempt_at=timezone.now())
    for message in lease_due(8):
        deliver(message, TelegramSender(api).send)
    entities = server.sent_to(5)[-1].get("entities")
    return json.loads(entities) if isinstance(entities, str) else entities or []


@pytest.mark.parametrize("label", ["child_abuse", "domestic_violence", "self_harm"])
def test_what_follows_the_neutral_line_is_hidden_until_touched(
    api: BotApi, server: BotApiServer, label: str
) -> None:
    text = f"{FIRST}\n\n{REST}"

    hidden = send(api, server, asked(label), text)

    begin = len(f"{FIRST}\n\n".encode("utf-16-le")) // 2
    assert hidden == [{"type": "spoiler", "offset": begin, "length": len(REST)}]


def test_a_line_after_the_alarm_is_hidden_likewise(api: BotApi, server: BotApiServer) -> None:
    row = asked(None)
    record_result(row.pk, after_alarm="worry", private=True)

    assert send(api, server, InboundMessage.objects.get(pk=row.pk), f"{FIRST}\n\n{REST}")


@pytest.mark.parametrize("label", ["medical_emergency", None])
def test_first_aid_and_everyday_answers_are_read_at_a_glance(
    api: BotApi, server: BotApiServer, label: str | None
) -> None:
    assert send(api, server, asked(label), "Gọi 115.\n\nĐặt bé nằm nghiêng.") == []


def test_a_short_neutral_line_hides_nothing(api: BotApi, server: BotApiServer) -> None:
    assert send(api, server, asked("self_harm"), FIRST) == []
