"""Edited messages: an edit replaces what was not read yet, and is answered when it is the parent's
last word.
"""

from __future__ import annotations

from django.db import transaction

from bot.messaging.models import InboundMessage
from bot.messaging.services import join, replace_text

Kind, State = InboundMessage.Kind, InboundMessage.State


def apply_edits(rows: list[InboundMessage]) -> list[InboundMessage]:
    """The waiting rows of one conversation with the edits of waiting ones carried out."""
    waiting = {
        row.detail["message_id"]: row
        for row in rows
        if row.kind != Kind.EDITED and "message_id" in row.detail
    }
    left = []
    for row in rows:
        original = waiting.get(row.detail.get("message_id")) if row.kind == Kind.EDITED else None
        if original is None:
            left.append(row)
            continue
        with transaction.atomic():
            if not replace_text(original, row.text):
                left.append(row)
                continue
            join(row, original)
    return left


def is_last_word(row: InboundMessage) -> bool:
    """Whether nothing was written after the message that this edit is of."""
    edited = InboundMessage.objects.filter(
        conversation=row.conversation, detail__message_id=row.detail.get("message_id")
    ).exclude(pk=row.pk)
    first = edited.order_by("pk").first()
    if first is None:
        return True
    later = InboundMessage.objects.filter(conversation=row.conversation, pk__gt=first.pk)
    return not later.exclude(pk=row.pk).exclude(kind__in=(Kind.BUTTON, Kind.EDITED)).exists()
