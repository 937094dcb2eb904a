"""Who holds a case: claimed, taken over, given back, taken back by the parent."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.errors import CaseClaimed, CaseIsClosed
from bot.counselling.late import is_waited_for
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.clocks import end_rest, owe_answer
from bot.counselling.services.opening import held_case
from bot.counselling.services.reading import find_second_reader
from bot.counselling.services.records import HELD, must_be_open, must_hold, record, tell_parent
from bot.counselling.services.routing import call_supervisors
from bot.counselling.telling import tell_staff
from bot.messaging.models import Conversation
from bot.staff.roles import name_of


@transaction.atomic
def claim_case(case: Case, *, by: User) -> None:
    """Makes `by` the holder and tells the parent that a person speaks now; also of a case that was
    given to somebody who has not taken it. Raises CaseClaimed, CaseIsClosed.
    """
    now = timezone.now()
    free = Case.objects.filter(pk=case.pk, state=Case.State.WAITING)
    if not free.update(assignee=by, state=Case.State.CLAIMED, claimed_at=now):
        case.refresh_from_db()
        if case.state == Case.State.CLOSED:
            raise CaseIsClosed
        if case.assignee_id == by.pk:
            return
        raise CaseClaimed
    case.refresh_from_db()
    record(case, CaseEvent.Kind.CLAIMED, by=by)
    find_second_reader(case)
    tell_parent(case, "utter_counsellor_here", f"claimed:{case.pk}:{now.timestamp()}")


@transaction.atomic
def take_over_case(case: Case, *, by: User) -> None:
    """Takes a case from its holder, who is named in the history. One that nobody holds is claimed.
    Raises CaseClaimed (somebody else took it over first), CaseIsClosed.
    """
    must_be_open(case)
    if case.state not in HELD:
        return claim_case(case, by=by)
    former = case.assignee
    if former == by:
        return None
    now = timezone.now()
    held = Case.objects.filter(pk=case.pk, assignee=former, state=case.state)
    was_resting = case.state == Case.State.SNOOZED
    if not held.update(assignee=by, state=Case.State.CLAIMED, claimed_at=now, snoozed_until=None):
        raise CaseClaimed
    case.refresh_from_db()
    if was_resting:
        end_rest(case, now)
    record(
        case,
        CaseEvent.Kind.TAKEN_OVER,
        by=by,
        was=former.pk if former else None,
        was_name=name_of(former),
    )
    find_second_reader(case)
    if former is not None:
        key = f"taken:{case.pk}:{case.history.count()}"
        tell_staff([former], "utter_staff_taken_over", key=key, case=case, name=name_of(by))
    tell_parent(case, "utter_other_counsellor", f"taken:{case.pk}:{now.timestamp()}")
    return None


def put_back(case: Case, *, to: User | None = None) -> None:
    """Makes a case wait, for anybody or for the one it is given to; the assistant speaks again. A
    parent who waits is owed an answer from now on. Raises CaseClaimed when it changed hands since
    it was read.
    """
    now, was_resting = timezone.now(), case.state == Case.State.SNOOZED
    as_read = Case.objects.filter(pk=case.pk, assignee=case.assignee_id, state=case.state)
    if not as_read.update(
        assignee=to, state=Case.State.WAITING, claimed_at=None, snoozed_until=None
    ):
        raise CaseClaimed
    case.refresh_from_db()
    if was_resting:
        end_rest(case, now)
    if is_waited_for(case):
        owe_answer(case, now)


@transaction.atomic
def release_case(case: Case, *, by: User) -> None:
    """Gives a case back to the queue. Raises NotAssignee."""
    must_hold(case, by)
    put_back(case)
    record(case, CaseEvent.Kind.RELEASED, by=by)
    alert_group(case)
    call_supervisors(case, timezone.now())


@transaction.atomic
def let_go(user: User) -> int:
    """Puts back every open case of a person who may hold none any more, so that no parent writes
    to nobody; returns how many.
    """
    cases = list(Case.objects.exclude(state=Case.State.CLOSED).filter(assignee=user))
    for case in cases:
        must_be_open(case)
        put_back(case)
        record(case, CaseEvent.Kind.RELEASED, was=user.pk)
        alert_group(case)
        call_supervisors(case, timezone.now())
    Case.objects.exclude(state=Case.State.CLOSED).filter(second_reader=user).update(
        second_reader=None
    )
    return len(cases)


@transaction.atomic
def return_to_assistant(conversation: Conversation) -> Case | None:
    """The parent wants the assistant back: a held case goes back to waiting. The case, or None when
    none was held.
    """
    case = held_case(conversation)
    if case is None:
        return None
    by, was_resting = case.assignee, case.state == Case.State.SNOOZED
    Case.objects.filter(pk=case.pk).update(
        assignee=None, state=Case.State.WAITING, claimed_at=None, snoozed_until=None
    )
    case.refresh_from_db()
    if was_resting:
        end_rest(case, timezone.now())
    record(case, CaseEvent.Kind.RETURNED, was=by.pk if by else None)
    return case
