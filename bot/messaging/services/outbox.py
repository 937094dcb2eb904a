"""The outbox: what is to be sent, and the buttons that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from bot.messaging.changes import announce
from bot.messaging.models import Button, Channel, Conversation, InboundMessage, OutboundMessage

TITLE_CHARACTERS = 64
# These read the table themselves, so a written row is a sent row.
READ_FROM_TABLE = {Channel.WEBCHAT, Channel.TERMINAL}


@transaction.atomic
def queue_reply(
    conversation: Conversation,
    text: str,
    *,
    dedupe_key: str,
    buttons: Sequence[tuple[str, str]] = (),
    author: str = OutboundMessage.Author.ASSISTANT,
    staff: Any = None,
    inbound: InboundMessage | None = None,
    attachment: dict[str, str] | None = None,
) -> OutboundMessage:
    """Writes a reply with its buttons (title, payload; an https address opens that page). The same
    `dedupe_key` again gives the same row.
    """
    existing = OutboundMessage.objects.filter(dedupe_key=dedupe_key).first()
    if existing is not None:
        return existing
    keys = [_key(conversation, title[:TITLE_CHARACTERS], payload) for title, payload in buttons]
    is_sent = conversation.channel in READ_FROM_TABLE
    message = OutboundMessage.objects.create(
        conversation=conversation,
        inbound=inbound,
        dedupe_key=dedupe_key,
        author=author,
        staff=staff,
        text=text,
        buttons=keys,
        attachment=attachment,
        state=OutboundMessage.State.SENT if is_sent else OutboundMessage.State.PENDING,
        sent_at=timezone.now() if is_sent else None,
    )
    announce()
    return message


def _key(conversation: Conversation, title: str, payload: str) -> dict[str, str]:
    if payload.startswith("https://"):
        return {"title": title, "url": payload}
    row = Button.objects.create(conversation=conversation, title=title, payload=payload)
    return {"title": row.title, "token": row.token}


def resolve_button(conversation: Conversation, token: str) -> Button | None:
    """The button, when it was issued to this very conversation."""
    return Button.objects.filter(conversation=conversation, token=token).first()
