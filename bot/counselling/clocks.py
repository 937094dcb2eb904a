"""The clocks of a case: by when it must be answered and done. They run in real time, or in working
time where the target says so; MAM_FAST_TIME shortens them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from bot.counselling.duty import next_shift, on_duty
from bot.counselling.hours import DEFAULT_WEEK, Calendar, Stretch
from bot.counselling.models import Case, ClockTarget, SpecialDay, WorkingHours
from bot.counselling.words import when_in_words
from bot.staff.models import Team

MINUTE = timedelta(minutes=1)
HOUR = 60
# One working day of the default week.
WORKING_DAY = 450


@dataclass(frozen=True)
class Target:
    """Minutes, in working time when `in_working_hours`."""

    first_response_minutes: int
    resolution_minutes: int
    in_working_hours: bool


# Danger and distress do not keep office hours.
DEFAULT_TARGETS = {
    Case.Priority.URGENT.value: Target(15, 24 * HOUR, in_working_hours=False),
    Case.Priority.HIGH.value: Target(HOUR, 72 * HOUR, in_working_hours=False),
    Case.Priority.NORMAL.value: Target(4 * HOUR, 5 * WORKING_DAY, in_working_hours=True),
}


@dataclass(frozen=True)
class Due:
    """A stretch of a clock, counted from a moment on: the one place where `in_working_hours` and
    MAM_FAST_TIME are looked at.
    """

    calendar: Calendar
    in_working_hours: bool

    def after(self, since: datetime, minutes: float) -> datetime:
        """When so many minutes of the target have passed."""
        minutes /= settings.MAM.fast_time
        if self.in_working_hours:
            return self.calendar.after(since, minutes)
        return since + minutes * MINUTE

    def left(self, now: datetime, due_at: datetime) -> float:
        """Minutes of the target that are left; 0 when it is missed."""
        if due_at <= now:
            return 0.0
        if self.in_working_hours:
            minutes = self.calendar.working_minutes(now, due_at)
        else:
            minutes = (due_at - now) / MINUTE
        return minutes * float(settings.MAM.fast_time)


def targets() -> dict[str, Target]:
    """The target of each priority: what was set, else what we ship."""
    rows = {
        row.priority: Target(
            row.first_response_minutes, row.resolution_minutes, row.in_working_hours
        )
        for row in ClockTarget.objects.all()
    }
    return {**DEFAULT_TARGETS, **rows}


def zone() -> ZoneInfo:
    return ZoneInfo(settings.MAM.time_zone)


def working_calendar() -> Calendar:
    """The hours and days that were set, else the shipped week with the public holidays."""
    week: dict[int, tuple[Stretch, ...]] = {}
    for row in WorkingHours.objects.all():
        week[row.weekday] = (*week.get(row.weekday, ()), (row.starts, row.ends))
    days = list(SpecialDay.objects.all())
    return Calendar(
        zone(),
        week or DEFAULT_WEEK,
        days_off=frozenset(row.day for row in days if not row.is_working),
        days_on=frozenset(row.day for row in days if row.is_working),
    )


def due_of(case: Case) -> Due:
    """How the clocks of this case count."""
    return Due(working_calendar(), targets()[case.priority].in_working_hours)


def away_until(team: Team | None, now: datetime) -> datetime | None:
    """When somebody will be there: None while it is working time or a person of the team is on
    duty, else the next working moment or shift, whichever comes first.
    """
    calendar = working_calendar()
    begins = calendar.next_working(now)
    if begins == now or on_duty(team, now):
        return None
    return min((moment for moment in (begins, next_shift(team, now)) if moment), default=None)


def off_hours_words(case: Case) -> str:
    """When somebody will be there for a case that was just opened, in words; empty while somebody is,
    or when nothing tells, and for urgent cases, which have words of their own.
    """  # noqa: E501
    if case.priority == Case.Priority.URGENT:
        return ""
    begins = away_until(case.team, case.opened_at)
    return when_in_words(begins, case.opened_at, zone()) if begins else ""
