"""What supervisors set: targets, hours, days, teams, people, the roster. Each change stands in the
audit trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from bot.counselling.clocks import Target
from bot.counselling.hours import Stretch
from bot.counselling.models import ClockTarget, SpecialDay, WorkingHours
from bot.staff.audit import record
from bot.staff.models import AuditEvent, Role, Shift, StaffProfile, Team
from bot.staff.roles import has_role

CHANGED, TEAM_CHANGED = AuditEvent.Action.SETTINGS_CHANGED, AuditEvent.Action.TEAM_CHANGED


@transaction.atomic
def set_targets(targets: Mapping[str, Target], *, request: HttpRequest) -> None:
    """The targets of cases that begin from now on; clocks that run go on as they are."""
    for priority, target in targets.items():
        values = vars(target)
        row = ClockTarget.objects.filter(priority=priority).first()
        if row is None or any(getattr(row, name) != value for name, value in values.items()):
            ClockTarget.objects.update_or_create(priority=priority, defaults=values)
            record(CHANGED, request=request, what="target", priority=priority, **values)


@transaction.atomic
def set_hours(week: Mapping[int, tuple[Stretch, ...]], *, request: HttpRequest) -> None:
    """The working hours of each weekday (0 is Monday), instead of those before."""
    WorkingHours.objects.all().delete()
    for day, stretches in week.items():
        for starts, ends in stretches:
            WorkingHours.objects.create(weekday=day, starts=starts, ends=ends)
    hours = {
        str(day): [f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in stretches]
        for day, stretches in week.items()
    }
    record(CHANGED, request=request, what="hours", hours=hours)


@transaction.atomic
def add_day(day: SpecialDay, *, request: HttpRequest) -> None:
    day.save()
    record(
        CHANGED,
        request=request,
        what="day_added",
        day=day.day.isoformat(),
        is_working=day.is_working,
    )


@transaction.atomic
def remove_day(day: SpecialDay, *, request: HttpRequest) -> None:
    record(CHANGED, request=request, what="day_removed", day=day.day.isoformat())
    day.delete()


@transaction.atomic
def save_team(team: Team, members: Iterable[User], *, request: HttpRequest) -> None:
    """Saves what a team takes, and who is in it. A supervisor without a team sees every case, so only
    an admin takes one out of theirs.
    """  # noqa: E501
    is_new = team.pk is None
    team.save()
    people = list(members)
    if not is_new and not has_role(request.user, Role.ADMIN):
        stay = User.objects.filter(profile__teams=team, groups__name=Role.SUPERVISOR)
        people += [user for user in stay if user not in people]
    team.members.set(
        [StaffProfile.objects.get_or_create(user=user)[0].pk for user in people], clear=False
    )
    record(
        TEAM_CHANGED,
        request=request,
        team=team.name,
        reasons=team.reasons,
        topics=team.topics,
        provinces=team.provinces,
        members=sorted(user.username for user in people),
    )


@transaction.atomic
def set_person(user: User, *, max_open_cases: int, is_away: bool, request: HttpRequest) -> None:
    """How many cases a person takes at most, and whether they are away."""
    values: dict[str, Any] = {"max_open_cases": max_open_cases, "is_away": is_away}
    StaffProfile.objects.update_or_create(user=user, defaults=values)
    record(CHANGED, request=request, what="person", account=user.username, **values)


@transaction.atomic
def add_shifts(
    user: User,
    stretches: Iterable[tuple[datetime, datetime]],
    *,
    team: Team | None,
    is_on_call: bool,
    request: HttpRequest,
) -> int:
    """Puts stretches of duty into the roster; one that is there already stays one. How many are
    new.
    """
    added = 0
    for starts_at, ends_at in stretches:
        _, is_new = Shift.objects.get_or_create(
            user=user, team=team, starts_at=starts_at, ends_at=ends_at, is_on_call=is_on_call
        )
        if is_new:
            added += 1
            record(
                CHANGED,
                request=request,
                what="shift_added",
                account=user.username,
                starts=starts_at.isoformat(),
                ends=ends_at.isoformat(),
            )
    return added


@transaction.atomic
def remove_shift(shift: Shift, *, request: HttpRequest) -> None:
    record(
        CHANGED,
        request=request,
        what="shift_removed",
        account=shift.user.username,
        starts=shift.starts_at.isoformat(),
    )
    shift.delete()
