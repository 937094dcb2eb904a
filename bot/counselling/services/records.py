"""What services of a case share: its history, whether it is held, a word to the parent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from bot.counselling.errors import CaseIsClosed, NotAssignee
from bot.counselling.models import Case, CaseEvent
from bot.messaging.models import OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply
from bot.staff import audit
from bot.staff.models import AuditEvent

AUDITED: dict[str, str] = {
    CaseEvent.Kind.REPLIED: AuditEvent.Action.REPLIED,
    CaseEvent.Kind.NOTED: AuditEvent.Action.NOTED,
    CaseEvent.Kind.ERASED: AuditEvent.Action.ERASED,
}


def record(case: Case, kind: str, *, by: User | None = None, **detail: Any) -> None:
    """Adds to the history of a case; what a person did goes into the audit trail too, and so does
    that a family erased its data.
    """
    event = CaseEvent.objects.create(case=case, kind=kind, by=by, detail=detail)
    if by is not None or kind == CaseEvent.Kind.ERASED:
        action = AUDITED.get(kind, AuditEvent.Action.CASE_CHANGED)
        audit.record(action, actor=by, case_number=case.pk, kind=str(kind), event=event.pk)


def must_hold(case: Case, by: User) -> None:
    """Reads the case anew. Raises CaseIsClosed, NotAssignee."""
    case.refresh_from_db()
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed
    if case.assignee_id != by.pk:
        raise NotAssignee


def tell_parent(case: Case, name: str, key: str) -> None:
    """Says a response of domain.yml in the parent's chat; the same `key` again says nothing."""
    if case.conversation is not None:
        said = reply(name, case_number=case.pk)
        queue_reply(
            case.conversation,
            said.text,
            dedupe_key=key[:80],
            buttons=said.buttons,
            author=OutboundMessage.Author.SYSTEM,
        )
