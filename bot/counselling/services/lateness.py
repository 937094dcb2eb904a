"""A case about to be late is shown and told to whoever has it; a late one goes to the supervisors,
once for each of its clocks. Safe with several couriers.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bot.counselling.alerts import alert_group
from bot.counselling.duty import on_duty, supervisors_of
from bot.counselling.late import FIRST, RESOLUTION, late, late_soon
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.records import record
from bot.counselling.telling import tell_staff

CLOCKS = (FIRST, RESOLUTION)


def warn_late_soon(now: datetime) -> int:
    """Marks cases in the last stretch of a clock and tells the assignee, else who is on duty, else
    the supervisors; returns how many.
    """
    return sum(_warn(case, clock, now) for clock in CLOCKS for case in late_soon(clock, now))


def escalate_late(now: datetime) -> int:
    """Tells the supervisors and the group of cases that are late; returns how many."""
    return sum(_escalate(case, clock, now) for clock in CLOCKS for case in late(clock, now))


@transaction.atomic
def _warn(case: Case, clock: str, now: datetime) -> int:
    mine = Case.objects.filter(pk=case.pk, warned_at=case.warned_at)
    if not mine.update(warned_at=now):
        return 0
    record(case, CaseEvent.Kind.LATE_SOON, clock=clock)
    key = f"soon:{case.pk}:{case.history.count()}"
    tell_staff(_who_has(case, now), "utter_staff_late_soon", key=key, case=case)
    return 1


@transaction.atomic
def _escalate(case: Case, clock: str, now: datetime) -> int:
    mine = Case.objects.filter(pk=case.pk, escalated_at=case.escalated_at)
    if not mine.update(escalated_at=now):
        return 0
    record(case, CaseEvent.Kind.ESCALATED, clock=clock)
    key = f"late:{case.pk}:{case.history.count()}"
    tell_staff(supervisors_of(case.team), "utter_staff_late", key=key, case=case)
    alert_group(case, "utter_group_late", is_for_all=True)
    return 1


def _who_has(case: Case, now: datetime) -> list[User]:
    if case.assignee is not None:
        return [case.assignee]
    is_urgent = case.priority == Case.Priority.URGENT
    here = [load.user for load in on_duty(case.team, now, is_urgent=is_urgent)]
    # Where the roster names nobody, danger and distress have somebody all the same.
    return here or ([] if case.priority == Case.Priority.NORMAL else supervisors_of(case.team))
