"""Who holds a case: claimed, given back, taken back by the parent."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.errors import CaseClaimed, CaseIsClosed
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.opening import HELD, open_case_of
from bot.counselling.services.records import must_hold, record, tell_parent
from bot.messaging.models import Conversation


@transaction.atomic
def claim_case(case: Case, *, by: User) -> None:
    """Makes `by` the assignee and tells the parent who is speaking. Raises CaseClaimed,
    CaseIsClosed.
    """
    now = timezone.now()
    free = Case.objects.filter(pk=case.pk, state=Case.State.WAITING, assignee=None)
    if not free.update(assignee=by, state=Case.State.CLAIMED, claimed_at=now):
        case.refresh_from_db()
        if case.state == Case.State.CLOSED:
            raise CaseIsClosed
        if case.assignee_id == by.pk:
            return
        raise CaseClaimed
    case.refresh_from_db()
    record(case, CaseEvent.Kind.CLAIMED, by=by)
    tell_parent(case, "utter_counsellor_here", f"claimed:{case.pk}:{now.timestamp()}")


@transaction.atomic
def release_case(case: Case, *, by: User) -> None:
    """Gives a case back to the queue. Raises NotAssignee."""
    must_hold(case, by)
    Case.objects.filter(pk=case.pk).update(assignee=None, state=Case.State.WAITING, claimed_at=None)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.RELEASED, by=by)
    alert_group(case)


@transaction.atomic
def return_to_assistant(conversation: Conversation) -> Case | None:
    """The parent wants the assistant back: a held case goes back to waiting. The case, or None when
    none was held.
    """
    case = open_case_of(conversation)
    if case is None or case.state not in HELD:
        return None
    by = case.assignee
    Case.objects.filter(pk=case.pk).update(assignee=None, state=Case.State.WAITING, claimed_at=None)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.RETURNED, was=by.pk if by else None)
    return case
