"""The board of today, for who supervises: what waits, what is late, who has how much. Never writes."""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from bot.counselling.duty import Load, loads_of
from bot.counselling.late import owed
from bot.counselling.models import Case, SupportRequest
from bot.counselling.queries import with_waiting
from bot.counselling.services.reading import READ_BY_TWO
from bot.counselling.worklist import DUE
from bot.staff.models import Role, Shift, Team
from bot.staff.roles import has_role, team_ids_of

# What is missed within this time is late soon.
SOON = timedelta(minutes=15)
LISTED = 12
OPEN = ~Q(state=Case.State.CLOSED)


@dataclass(frozen=True)
class Listed:
    """Some cases of one kind, and how many there are."""

    count: int
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Board:
    open_count: int
    waiting: Listed
    late: Listed
    late_soon: Listed
    urgent_unassigned: Listed
    unread_by_second: Listed
    support: tuple[SupportRequest, ...]
    loads: tuple[Load, ...]

    @property
    def longest_waiting(self) -> Case | None:
        """The case that nobody has taken for the longest time."""
        return self.waiting.cases[0] if self.waiting.cases else None


def board_of(user: User, now: datetime, team: Team | None = None) -> Board:
    """What `user` may see now, of one team or of all of theirs."""
    # A case that was opened again waits since then.
    since = Coalesce("reopened_at", "opened_at")
    visible = Case.objects.visible_to(user).filter(OPEN)
    if team is not None:
        visible = visible.filter(team=team)
    # One that came back to the queue waits since the parent's words that nobody has answered.
    waiting = with_waiting(visible.filter(state=Case.State.WAITING)).annotate(
        since=F("waiting_since")
    )
    unread = visible.filter(reason__in=READ_BY_TWO, second_reader=None).annotate(since=since)
    running = owed(visible).annotate(due_at=DUE)
    return Board(
        open_count=visible.count(),
        waiting=_list(waiting, "since"),
        late=_list(running.filter(due_at__lte=now), "due_at"),
        late_soon=_list(running.filter(due_at__gt=now, due_at__lte=now + SOON), "due_at"),
        urgent_unassigned=_list(waiting.filter(priority=Case.Priority.URGENT), "since"),
        unread_by_second=_list(unread, "since"),
        support=tuple(_support(user, team)),
        loads=tuple(_loads(_people(user, team) | _holders(visible), now)),
    )


def teams_for(user: User) -> list[Team]:
    """The teams that a supervisor looks after: their own, or every one where they have none."""
    own = team_ids_of(user)
    is_free = has_role(user, Role.ADMIN) or not own
    return list(Team.objects.all() if is_free else Team.objects.filter(pk__in=own))


def _list(cases: QuerySet[Case], order: str) -> Listed:
    rows = cases.select_related("assignee", "team").order_by(order, "pk")
    return Listed(cases.count(), tuple(rows[:LISTED]))


def _support(user: User, team: Team | None) -> QuerySet[SupportRequest]:
    rows = SupportRequest.objects.filter(answered_at=None).select_related("by", "case")
    return rows.filter(by__in=_people(user, team)).order_by("asked_at")


def _people(user: User, team: Team | None) -> QuerySet[User]:
    people = User.objects.filter(is_active=True, groups__name=Role.COUNSELLOR)
    teams = [team] if team is not None else teams_for(user)
    if team is not None or not (has_role(user, Role.ADMIN) or not team_ids_of(user)):
        people = people.filter(profile__teams__in=teams)
    return people.distinct()


def _holders(cases: QuerySet[Case]) -> QuerySet[User]:
    """Whoever has one of these, also a supervisor or somebody of another team."""
    return User.objects.filter(pk__in=cases.exclude(assignee=None).values("assignee")).distinct()


def _loads(people: QuerySet[User], now: datetime) -> list[Load]:
    """Everything they hold counts, whichever team it belongs to; the fullest first."""
    on_duty = set(
        Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).values_list("user", flat=True)
    )
    return sorted(
        loads_of(people, on_duty),
        key=lambda load: (-load.open_cases / max(1, load.most), load.user.username),
    )
