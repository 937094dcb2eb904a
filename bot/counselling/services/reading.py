"""The second reader of cases of abuse and suicide: nobody carries these alone."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from bot.counselling.duty import people_of
from bot.counselling.errors import CannotHold, MayNotAssign, SecondIsFirst
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.records import may_hold, must_be_open, record
from bot.counselling.telling import tell_staff
from bot.staff.models import Role
from bot.staff.roles import has_role, name_of

READ_BY_TWO = {Case.Reason.CHILD_ABUSE, Case.Reason.SELF_HARM}


@transaction.atomic
def set_second_reader(case: Case, reader: User, *, by: User | None) -> None:
    """Asks `reader` to read along; `by` None: the machine chose. A second reader may see what is
    masked, so only the holder or a supervisor names one. Raises MayNotAssign, SecondIsFirst,
    CannotHold, CaseIsClosed.
    """
    must_be_open(case)
    if (
        by is not None
        and by.pk != case.assignee_id
        and not has_role(by, Role.SUPERVISOR, Role.ADMIN)
    ):
        raise MayNotAssign
    if not may_hold(reader):
        raise CannotHold
    if reader.pk == case.assignee_id:
        raise SecondIsFirst
    if reader.pk == case.second_reader_id:
        return
    Case.objects.filter(pk=case.pk).update(second_reader=reader)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.SECOND_READER, by=by, to=reader.pk, to_name=name_of(reader))
    if by != reader:
        key = f"reader:{case.pk}:{case.history.count()}"
        tell_staff([reader], "utter_staff_second_reader", key=key, case=case)


def find_second_reader(case: Case) -> None:
    """Sees to it that such a case has a second reader other than its assignee: the colleague of the
    team with the fewest cases. Where there is no other colleague it stays with one.
    """
    if case.reason not in READ_BY_TWO or case.state == Case.State.CLOSED:
        return
    if case.second_reader_id not in (None, case.assignee_id):
        return
    reader = _least_loaded(case)
    if reader is not None:
        set_second_reader(case, reader, by=None)
    elif case.second_reader_id is not None:
        Case.objects.filter(pk=case.pk).update(second_reader=None)
        case.refresh_from_db()


def _least_loaded(case: Case) -> User | None:
    """By cases of their own and cases they read along."""
    weighs = Count("cases", filter=Q(cases__closed_at=None), distinct=True)
    others = people_of(case.team).exclude(profile__is_away=True)
    if case.assignee_id is not None:
        others = others.exclude(pk=case.assignee_id)
    read = dict(
        Case.objects.exclude(state=Case.State.CLOSED)
        .exclude(second_reader=None)
        .values_list("second_reader")
        .annotate(Count("pk"))
    )
    found = sorted(others.annotate(own=weighs), key=lambda u: (u.own + read.get(u.pk, 0), u.pk))
    return found[0] if found else None
