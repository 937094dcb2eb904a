"""A counsellor's words: to the parent, or as a note among colleagues."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.models import Case, CaseEvent, CaseNote
from bot.counselling.services.records import must_hold, record
from bot.messaging.models import OutboundMessage
from bot.messaging.services import queue_reply


@transaction.atomic
def send_reply(case: Case, text: str, *, by: User, key: str) -> OutboundMessage:
    """Writes the counsellor's words into the parent's chat. Raises NotAssignee, CaseIsClosed.
    `key`: one a form.
    """
    must_hold(case, by)
    assert case.conversation is not None  # noqa: S101
    message = queue_reply(
        case.conversation,
        text,
        dedupe_key=f"reply:{case.pk}:{key}"[:80],
        author=OutboundMessage.Author.COUNSELLOR,
        staff=by,
    )
    if not CaseEvent.objects.filter(
        case=case, kind=CaseEvent.Kind.REPLIED, detail__outbound=message.pk
    ).exists():
        if case.first_response_at is None:
            Case.objects.filter(pk=case.pk).update(first_response_at=timezone.now())
        Case.objects.filter(pk=case.pk).update(state=Case.State.WAITING_FOR_PARENT)
        case.refresh_from_db()
        record(case, CaseEvent.Kind.REPLIED, by=by, outbound=message.pk)
    return message


@transaction.atomic
def add_note(case: Case, text: str, *, by: User) -> CaseNote:
    """An internal note; any counsellor who sees the case may write one."""
    note = CaseNote.objects.create(case=case, author=by, text=text)
    record(case, CaseEvent.Kind.NOTED, by=by)
    return note
