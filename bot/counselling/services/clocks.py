"""Starts, hastens, rests and resumes the clocks of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bot.counselling.clocks import due_of, targets
from bot.counselling.models import Case, CaseEvent


@transaction.atomic
def start_clocks(case: Case, now: datetime) -> None:
    """At the opening, and when a case is opened again: both clocks begin at `now`. A case that was
    answered before must be answered anew.
    """
    target, due = targets()[case.priority], due_of(case)
    Case.objects.filter(pk=case.pk).update(
        resolution_due_at=due.after(now, target.resolution_minutes), **_first_clock(case, now)
    )
    case.refresh_from_db()


@transaction.atomic
def owe_answer(case: Case, now: datetime) -> None:
    """A case that was answered waits for somebody again, and its parent with it: the clock of the
    first response begins anew. One that was never answered is owed its answer as before.
    """
    answered = Case.objects.filter(pk=case.pk, state=Case.State.WAITING)
    if answered.exclude(first_response_at=None).update(
        unclaimed_told=0, unclaimed_told_at=now, **_first_clock(case, now)
    ):
        case.refresh_from_db()


def _first_clock(case: Case, now: datetime) -> dict[str, Any]:
    """The figures keep the first response of all."""
    minutes = targets()[case.priority].first_response_minutes
    fresh: dict[str, Any] = {
        "first_response_at": None,
        "first_response_due_at": due_of(case).after(now, minutes),
        "warned_at": None,
        "escalated_at": None,
    }
    if case.first_response_at is not None and case.original_response_at is None:
        fresh["original_response_at"] = case.first_response_at
        fresh["original_response_due_at"] = case.first_response_due_at
    return fresh


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


@transaction.atomic
def end_rest(case: Case, now: datetime) -> None:
    """A snoozed case goes on before its time: with what was left of its resolution clock."""
    rest = case.history.filter(kind=CaseEvent.Kind.SNOOZED).order_by("pk").last()
    left = rest.detail.get("minutes_left") if rest else None
    if left is not None:
        resume_clock(case, now, left)
