"""Who could look after a case: a team's people, who is on duty, what each has. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet

from bot.counselling.models import Case
from bot.staff.models import Role, Shift, StaffProfile, Team

DEFAULT_MOST = int(StaffProfile._meta.get_field("max_open_cases").default)
# What weighs on a person now: a case that rests does not.
WEIGHS = Q(cases__state__in=(Case.State.WAITING, Case.State.CLAIMED, Case.State.WAITING_FOR_PARENT))


@dataclass(frozen=True)
class Load:
    """How much a person has on their hands."""

    user: User
    open_cases: int
    urgent: int
    most: int
    is_on_duty: bool
    is_away: bool

    @property
    def is_full(self) -> bool:
        return self.open_cases >= self.most

    @property
    def has_room(self) -> bool:
        return not self.is_away and not self.is_full


def people_of(team: Team | None, *roles: str, among: Iterable[int] | None = None) -> QuerySet[User]:
    """Accounts in use with one of the roles (counsellor and supervisor when none is named): of a
    team, or all when `team` is None.
    """
    wanted = roles or (Role.COUNSELLOR, Role.SUPERVISOR)
    rows = User.objects.filter(is_active=True, groups__name__in=wanted)
    if team is not None:
        rows = rows.filter(profile__teams=team)
    if among is not None:
        rows = rows.filter(pk__in=among)
    return rows.distinct().order_by("username")


def load_of(team: Team | None, now: datetime) -> list[Load]:
    """The load of each person of a team (of everybody when None), the least loaded first."""
    return loads_of(people_of(team), set(_shifts(team, now).values_list("user", flat=True)))


def on_duty(team: Team | None, now: datetime, *, is_urgent: bool = False) -> list[Load]:
    """Who has a shift now for the team and is not away, the least loaded first. People on call
    count for urgent cases alone.
    """
    shifts = _shifts(team, now)
    if not is_urgent:
        shifts = shifts.filter(is_on_call=False)
    here = set(shifts.values_list("user", flat=True))
    if not here:
        return []
    return [load for load in loads_of(people_of(None, among=here), here) if not load.is_away]


def on_call(team: Team | None, now: datetime) -> list[User]:
    """Who is alerted outside working hours; the supervisors where nobody is on call."""
    called = _shifts(team, now).filter(is_on_call=True).values_list("user", flat=True)
    return list(people_of(None, among=called)) or supervisors_of(team)


def supervisors_of(team: Team | None) -> list[User]:
    """The team's supervisors, else those without a team, else every supervisor, else the admins."""
    every = people_of(None, Role.SUPERVISOR)
    for rows in (
        every.filter(profile__teams=team) if team else every.none(),
        every.filter(profile__teams=None),
        every,
    ):
        if found := list(rows):
            return found
    return list(User.objects.filter(is_active=True, is_superuser=True).order_by("username"))


def next_shift(team: Team | None, now: datetime) -> datetime | None:
    """When the next shift of the team begins, people on call left out."""
    coming = Shift.objects.filter(starts_at__gt=now, is_on_call=False)
    return _for_team(coming, team).values_list("starts_at", flat=True).first()


def _shifts(team: Team | None, now: datetime) -> QuerySet[Shift]:
    return _for_team(Shift.objects.filter(starts_at__lte=now, ends_at__gt=now), team)


def _for_team(shifts: QuerySet[Shift], team: Team | None) -> QuerySet[Shift]:
    """A shift of no team is for each team its person belongs to."""
    if team is None:
        return shifts
    return shifts.filter(Q(team=team) | Q(team=None, user__profile__teams=team)).distinct()


def own_load(user: User) -> Load:
    """Of one person; whether one is on duty is not looked up."""
    return loads_of(User.objects.filter(pk=user.pk), set())[0]


def loads_of(rows: QuerySet[User], here: set[int]) -> list[Load]:
    """The loads of some people, the least loaded first; `here` are the ids of those on duty."""
    counted = rows.select_related("profile").annotate(
        open_cases=Count("cases", filter=WEIGHS, distinct=True),
        urgent=Count(
            "cases", filter=WEIGHS & Q(cases__priority=Case.Priority.URGENT), distinct=True
        ),
    )
    loads = [
        Load(
            user=user,
            open_cases=user.open_cases,
            urgent=user.urgent,
            most=profile.max_open_cases if profile else DEFAULT_MOST,
            is_on_duty=user.pk in here,
            is_away=bool(profile and profile.is_away),
        )
        for user in counted
        for profile in [getattr(user, "profile", None)]
    ]
    return sorted(loads, key=lambda load: (load.open_cases, load.urgent, load.user.pk))
