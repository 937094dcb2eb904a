"""Giving a case to a colleague, and a colleague's refusal. Whoever it is given to must still take
it: until then the case waits and the assistant answers.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.errors import CannotHold, MayNotAssign, NotAssignee, ReasonMissing
from bot.counselling.models import Case, CaseEvent, CaseNote
from bot.counselling.services.holding import claim_case, put_back
from bot.counselling.services.reading import find_second_reader
from bot.counselling.services.records import HELD, may_hold, must_be_open, record
from bot.counselling.services.routing import call_supervisors, offer_case
from bot.counselling.telling import tell_staff
from bot.staff.models import Role
from bot.staff.roles import has_role, name_of


@transaction.atomic
def assign_case(case: Case, to: User, *, by: User) -> None:
    """Gives a case to `to`, who then takes it; to oneself is the same as claiming it. A held case is
    given away by its holder or a supervisor alone. Raises CannotHold, MayNotAssign, CaseClaimed,
    CaseIsClosed.
    """  # noqa: E501
    must_be_open(case)
    if not may_hold(to):
        raise CannotHold
    is_held = case.state in HELD
    if is_held and case.assignee_id != by.pk and not has_role(by, Role.SUPERVISOR, Role.ADMIN):
        raise MayNotAssign
    if case.assignee_id == to.pk and (is_held or to != by):
        return
    if to == by and not is_held:
        claim_case(case, by=by)
        return
    was = case.assignee
    put_back(case, to=to)
    record(case, CaseEvent.Kind.ASSIGNED, by=by, to=to.pk, to_name=name_of(to), was=name_of(was))
    find_second_reader(case)
    if to != by:
        key = f"given:{case.pk}:{case.history.count()}"
        tell_staff([to], "utter_staff_offered", key=key, case=case)


@transaction.atomic
def refuse_case(case: Case, *, by: User, reason: str) -> None:
    """The assignee says no: the case is back in the queue and offered to somebody else. The reason
    is a note, because it may tell of the family. Raises ReasonMissing, NotAssignee, CaseIsClosed.
    """
    must_be_open(case)
    if not reason.strip():
        raise ReasonMissing
    if case.assignee_id != by.pk:
        raise NotAssignee
    put_back(case)
    note = CaseNote.objects.create(case=case, author=by, text=reason.strip())
    record(case, CaseEvent.Kind.REFUSED, by=by, note=note.pk)
    now = timezone.now()
    if offer_case(case, now) is None:
        alert_group(case)
        call_supervisors(case, now)
