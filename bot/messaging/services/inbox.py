"""The inbox: a row is written before an update is acknowledged, and moves forward only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.families.models import Family
from bot.messaging.changes import announce
from bot.messaging.models import Channel, Conversation, InboundMessage

MAX_CHARACTERS = 4096


@transaction.atomic
def receive(
    channel: str,
    address: str,
    *,
    external_id: str,
    kind: str = InboundMessage.Kind.TEXT,
    text: str = "",
    detail: dict[str, Any] | None = None,
) -> InboundMessage | None:
    """Keeps an update; makes conversation and family at first contact. None when it was kept
    before.
    """
    conversation = conversation_at(channel, address)
    row, is_new = InboundMessage.objects.get_or_create(
        conversation=conversation,
        external_id=external_id,
        defaults={
            "kind": kind,
            "text": text[:MAX_CHARACTERS].replace("\x00", ""),
            "detail": detail or {},
        },
    )
    if not is_new:
        return None
    Conversation.objects.filter(pk=conversation.pk).update(
        last_inbound_at=row.received_at, is_blocked=False
    )
    announce()
    return row


def conversation_at(channel: str, address: str) -> Conversation:
    """The conversation of an address; made, with its family, at first contact. Staff have none."""
    found = Conversation.objects.filter(channel=channel, address=address).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            family = None if channel == Channel.STAFF else Family.objects.create()
            return Conversation.objects.create(channel=channel, address=address, family=family)
    except IntegrityError:
        return Conversation.objects.get(channel=channel, address=address)


@transaction.atomic
def record_result(inbound_id: int, **fields: Any) -> None:
    """Adds what became of a message (answer, articles, intent …); the last word of each field
    counts.
    """
    row = InboundMessage.objects.select_for_update().filter(pk=inbound_id).first()
    if row is not None:
        row.result = {**row.result, **fields}
        row.save(update_fields=["result"])


@transaction.atomic
def save_alert(row: InboundMessage, alert: dict[str, Any] | None) -> None:
    """Keeps what the danger screen said of a row. What another lane has kept meanwhile stands, with
    what was asked and answered since.
    """
    unread = InboundMessage.objects.filter(pk=row.pk, is_screened=False)
    if not unread.update(alert=alert, is_screened=True):
        row.refresh_from_db(fields=["alert", "is_screened"])
        return
    row.alert, row.is_screened = alert, True


@transaction.atomic
def add_to_alert(row: InboundMessage, **known: Any) -> None:
    """Adds to a row's alert what became of it: what we asked, what was answered."""
    kept = InboundMessage.objects.select_for_update().get(pk=row.pk)
    kept.alert = {**(kept.alert or {}), **known}
    kept.save(update_fields=["alert"])
    row.alert = kept.alert


@transaction.atomic
def finish(rows: list[InboundMessage]) -> bool:
    """Marks rows handled, the later ones as read together with the first. False: somebody else did
    it.
    """
    now = timezone.now()
    waiting = InboundMessage.objects.filter(state=InboundMessage.State.NEW)
    if not waiting.filter(pk=rows[0].pk).update(state=InboundMessage.State.DONE, handled_at=now):
        return False
    for row in rows[1:]:
        waiting.filter(pk=row.pk).update(
            state=InboundMessage.State.DONE, handled_at=now, joined_to=rows[0]
        )
    Conversation.objects.filter(pk=rows[0].conversation_id).update(last_reply_at=now)
    announce()
    return True


@transaction.atomic
def replace_text(row: InboundMessage, text: str) -> bool:
    """An edit of a row that nobody has read yet; what stood before is kept beside it. False: it was
    handled in the meantime, and stays as it was.
    """
    detail = {**row.detail, "before_edit": row.text}
    waiting = InboundMessage.objects.filter(pk=row.pk, state=InboundMessage.State.NEW)
    if not waiting.update(text=text, detail=detail):
        return False
    row.text, row.detail = text, detail
    return True


@transaction.atomic
def join(row: InboundMessage, other: InboundMessage) -> None:
    """Ends a row that is read with another one."""
    InboundMessage.objects.filter(pk=row.pk, state=InboundMessage.State.NEW).update(
        state=InboundMessage.State.DONE, handled_at=timezone.now(), joined_to=other
    )


@transaction.atomic
def hold_back(row: InboundMessage, *, seconds: float, error: str, counts: bool = True) -> None:
    """Tries a row again later; `counts` False: the row is not to blame."""
    row.attempts += counts
    row.next_attempt_at = timezone.now() + timedelta(seconds=seconds)
    row.error = error[:200]
    row.save(update_fields=["attempts", "next_attempt_at", "error"])


@transaction.atomic
def set_aside(row: InboundMessage, *, error: str) -> None:
    """Gives a row up, with the type of its error, so that it never blocks the rest."""
    InboundMessage.objects.filter(pk=row.pk, state=InboundMessage.State.NEW).update(
        state=InboundMessage.State.SET_ASIDE, error=error[:200], handled_at=timezone.now()
    )
    announce()
