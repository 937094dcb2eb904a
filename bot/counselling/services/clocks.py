"""Starts, hastens, rests and resumes the clocks of a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bot.counselling.clocks import due_of, targets
from bot.counselling.models import Case


@transaction.atomic
def start_clocks(case: Case, now: datetime) -> None:
    """At the opening, and when a case is opened again: both clocks begin at `now`. A case that was
    answered before must be answered anew.
    """
    target, due = targets()[case.priority], due_of(case)
    Case.objects.filter(pk=case.pk).update(
        first_response_at=None,
        first_response_due_at=due.after(now, target.first_response_minutes),
        resolution_due_at=due.after(now, target.resolution_minutes),
        warned_at=None,
        escalated_at=None,
    )
    case.refresh_from_db()


@transaction.atomic
def hasten_clocks(case: Case, now: datetime) -> None:
    """When a case is raised: the new targets count from now, and no clock is put back by it."""
    target, due = targets()[case.priority], due_of(case)
    wanted = {
        "first_response_due_at": due.after(now, target.first_response_minutes),
        "resolution_due_at": due.after(now, target.resolution_minutes),
    }
    sooner = {name: min(moment, getattr(case, name) or moment) for name, moment in wanted.items()}
    Case.objects.filter(pk=case.pk).update(**sooner, warned_at=None, escalated_at=None)
    case.refresh_from_db()


@transaction.atomic
def rest_clock(case: Case, now: datetime, until: datetime) -> float | None:
    """While a case is snoozed its resolution clock stands still; returns the minutes that were left.
    The first response is owed all the same.
    """  # noqa: E501
    if case.resolution_due_at is None:
        return None
    left = due_of(case).left(now, case.resolution_due_at)
    resume_clock(case, until, left)
    return left


@transaction.atomic
def resume_clock(case: Case, now: datetime, minutes_left: float) -> None:
    """The resolution clock goes on with what was left of it."""
    due_at = due_of(case).after(now, minutes_left)
    Case.objects.filter(pk=case.pk).update(resolution_due_at=due_at)
    case.refresh_from_db()
