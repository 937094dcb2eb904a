"""A conversation from the command line: writes inbox rows as a channel does and waits for the
outbox.

The other half of `mam ask` and `mam chat`; the message takes the very path of a real one.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bot.counselling.services import open_case_of
from bot.families.models import Child, Family
from bot.messaging.models import Button, Channel, Conversation, InboundMessage
from bot.messaging.services import receive
from bot.nlu.ages import birth_date_for_age

ANSWER_WITHIN_S = 120
LOOK_EVERY_S = 0.01


class AskError(Exception):
    """A line that cannot be asked; the message says why."""


@dataclass(frozen=True)
class Start:
    """How a conversation begins: completed months of one child (None: no child), and consent."""

    child_months: int | None = None
    consent: bool = True


def open_conversation(start: Start) -> Conversation:
    """A fresh conversation of the terminal channel."""
    now = timezone.now()
    family = Family.objects.create()
    if start.consent:
        family.consent = Family.Consent.AGREED
        family.consent_at = family.notice_at = now
        family.save()
    if start.child_months is not None:
        Child.objects.create(
            family=family,
            birth_date=birth_date_for_age(start.child_months, timezone.localdate()),
            is_birth_date_estimated=True,
        )
    return Conversation.objects.create(
        channel=Channel.TERMINAL, address=uuid.uuid4().hex, family=family
    )


def put(
    conversation: Conversation, *, text: str | None = None, button: str | None = None
) -> InboundMessage:
    """Writes one inbound row. Raises AskError for a button that this conversation was never given."""  # noqa: E501
    detail: dict[str, Any] = {}
    kind = InboundMessage.Kind.TEXT
    if button is not None:
        issued = Button.objects.filter(conversation=conversation)
        found = (
            issued.filter(payload=button).order_by("-issued_at").first()
            or issued.filter(token=button).first()
        )
        if found is None:
            raise AskError("this button was not given in this conversation")
        kind, detail, text = InboundMessage.Kind.BUTTON, {"token": found.token}, found.title
    row = receive(
        Channel.TERMINAL,
        conversation.address,
        external_id=uuid.uuid4().hex,
        kind=kind,
        text=text or "",
        detail=detail,
    )
    assert row is not None  # noqa: S101
    return row


def wait(row: InboundMessage) -> InboundMessage:
    """The row once it is handled. Raises AskError when that takes too long or it was set aside."""
    end = time.monotonic() + ANSWER_WITHIN_S
    while time.monotonic() < end:
        try:
            row.refresh_from_db()
        except InboundMessage.DoesNotExist:
            # The family erased its data; the last word stands in a conversation that knows nothing.
            return row
        if row.state != InboundMessage.State.NEW:
            if row.state == InboundMessage.State.SET_ASIDE:
                raise AskError(f"the message could not be handled: {row.error}")
            return row
        time.sleep(LOOK_EVERY_S)
    raise AskError(f"no answer within {ANSWER_WITHIN_S} s")


def answer(row: InboundMessage, address: str) -> dict[str, Any]:
    """What became of a handled row, in the form of `mam ask --json` (INTERFACES.md) without the
    ids.
    """
    conversation = Conversation.objects.get(channel=Channel.TERMINAL, address=address)
    erased = not InboundMessage.objects.filter(pk=row.pk).exists()
    replies = list((conversation.outbound.all() if erased else row.replies).order_by("pk"))
    payloads = dict(
        Button.objects.filter(conversation=conversation).values_list("token", "payload")
    )
    last = max([reply.created_at for reply in replies] or [row.handled_at or row.received_at])
    case = open_case_of(conversation)
    return {
        "alert": row.alert,
        "intent": row.result.get("intent"),
        "answer": row.result.get("answer"),
        "articles": row.result.get("articles", [])[:10],
        "replies": [
            {
                "text": reply.text,
                "buttons": [
                    {
                        "title": button["title"],
                        "payload": payloads.get(button["token"], button["token"]),
                    }
                    for button in reply.buttons
                ],
            }
            for reply in replies
        ],
        "case": None
        if case is None
        else {"id": case.pk, "priority": case.priority, "reason": case.reason, "state": case.state},
        "ms": round((last - row.received_at).total_seconds() * 1000, 1),
    }
