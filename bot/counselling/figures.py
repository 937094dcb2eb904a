"""Figures of a stretch of weeks: what came, how fast it was answered, how it ended. Never writes.

Opened, first response, reasons, topics and hours are of cases opened in the stretch; closed,
resolution, satisfaction and feelings of those closed in it; reopened of those reopened in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import mean, median
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.utils import timezone

from bot.counselling.models import Case, Referral
from bot.programme.models import Domain
from bot.staff.models import Team

WEEK = timedelta(days=7)
DAYS, HOURS = 7, 24
SATISFIED = 4
FIELDS = (
    "opened_at",
    "closed_at",
    "reopened_at",
    "first_response_at",
    "first_response_due_at",
    "original_response_at",
    "original_response_due_at",
    "priority",
    "reason",
    "topic",
    "rating",
    "feeling_before",
    "feeling_after",
)


@dataclass(frozen=True)
class Stretch:
    """Whole days of local time, both ends included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def mondays(self) -> list[date]:
        """The Mondays of the weeks it touches."""
        monday = self.first - timedelta(days=self.first.weekday())
        count = (self.last - monday).days // 7 + 1
        return [monday + number * WEEK for number in range(count)]


@dataclass(frozen=True)
class Spread:
    """Minutes of `n` cases: half took less than `middle`, nine of ten no more than `p90`."""

    n: int
    middle: float | None
    p90: float | None


@dataclass(frozen=True)
class Response:
    """First responses of a priority; `in_time` of `timed`, the cases that have a target."""

    priority: str
    spread: Spread
    unanswered: int
    in_time: int
    timed: int


@dataclass(frozen=True)
class Satisfaction:
    n: int
    mean: float | None
    satisfied: int
    # Of parents who told both.
    feelings: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Week:
    monday: date
    opened: int
    closed: int
    reopened: int
    response: Spread
    rating: float | None


@dataclass(frozen=True)
class Figures:
    opened: int
    closed: int
    reopened: int
    responses: tuple[Response, ...]
    resolution: Spread
    satisfaction: Satisfaction
    weeks: tuple[Week, ...]
    reasons: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    # Cases opened, by weekday from Monday and hour of local time.
    hours: tuple[tuple[int, ...], ...]
    referrals: tuple[tuple[str, int], ...]


def figures_of(user: User, stretch: Stretch, team: Team | None = None) -> Figures:
    """What `user` may see of the stretch, of one team or of all of theirs."""
    visible = Case.objects.visible_to(user)
    if team is not None:
        visible = visible.filter(team=team)
    begins, ends = stretch.begins, stretch.ends
    touched = Q(pk=None)
    for name in ("opened_at", "closed_at", "reopened_at"):
        touched |= Q(**{f"{name}__gte": begins, f"{name}__lt": ends})
    found: Any = visible.filter(touched).values_list(*FIELDS, named=True)
    rows = [_first_of_all(row) for row in found]
    opened = _within(rows, "opened_at", begins, ends)
    closed = _within(rows, "closed_at", begins, ends)
    reopened = _within(rows, "reopened_at", begins, ends)
    return Figures(
        opened=len(opened),
        closed=len(closed),
        reopened=len(reopened),
        responses=tuple(_response(name, opened) for name in Case.Priority.values),
        resolution=spread_of(_minutes(closed, "closed_at")),
        satisfaction=satisfaction_of(closed),
        weeks=tuple(_weeks(stretch, opened, closed, reopened)),
        reasons=_named(Counter(row.reason for row in opened), dict(Case.Reason.choices)),
        topics=_named(Counter(row.topic for row in opened), dict(Domain.choices)),
        hours=_heat(opened),
        referrals=_referrals(visible, begins, ends),
    )


def spread_of(minutes: Sequence[float]) -> Spread:
    """Median, and the nearest-rank 90th percentile."""
    if not minutes:
        return Spread(0, None, None)
    ordered = sorted(minutes)
    return Spread(len(ordered), median(ordered), ordered[ceil(0.9 * len(ordered)) - 1])


def satisfaction_of(closed: Iterable[Any]) -> Satisfaction:
    """Of the parents who told; nobody is made to."""
    rows = list(closed)
    ratings = [row.rating for row in rows if row.rating]
    felt = [row for row in rows if row.feeling_before and row.feeling_after]
    return Satisfaction(
        n=len(ratings),
        mean=mean(ratings) if ratings else None,
        satisfied=sum(rating >= SATISFIED for rating in ratings),
        feelings=len(felt),
        before=mean(row.feeling_before for row in felt) if felt else None,
        after=mean(row.feeling_after for row in felt) if felt else None,
    )


def _first_of_all(row: Any) -> Any:
    """With the first response of all, where its clock has begun anew since."""
    at, due_at = row.original_response_at, row.original_response_due_at
    return row._replace(first_response_at=at, first_response_due_at=due_at) if at else row


def _within(rows: Iterable[Any], name: str, begins: datetime, ends: datetime) -> list[Any]:
    return [row for row in rows if (at := getattr(row, name)) and begins <= at < ends]


def _minutes(rows: Iterable[Any], name: str) -> list[float]:
    return [(at - row.opened_at).total_seconds() / 60 for row in rows if (at := getattr(row, name))]


def _response(priority: str, opened: list[Any]) -> Response:
    rows = [row for row in opened if row.priority == priority]
    timed = [row for row in rows if row.first_response_at and row.first_response_due_at]
    return Response(
        priority=str(Case.Priority(priority).label),
        spread=spread_of(_minutes(rows, "first_response_at")),
        unanswered=sum(row.first_response_at is None for row in rows),
        in_time=sum(row.first_response_at <= row.first_response_due_at for row in timed),
        timed=len(timed),
    )


def _weeks(
    stretch: Stretch, opened: list[Any], closed: list[Any], reopened: list[Any]
) -> Iterable[Week]:
    """Each week by itself; days of it beyond the stretch count for nothing."""
    parts = {
        name: _by_week(rows, name)
        for name, rows in (("opened_at", opened), ("closed_at", closed), ("reopened_at", reopened))
    }
    for monday in stretch.mondays():
        began, ended, again = (parts[name].get(monday, []) for name in parts)
        yield Week(
            monday=monday,
            opened=len(began),
            closed=len(ended),
            reopened=len(again),
            response=spread_of(_minutes(began, "first_response_at")),
            rating=satisfaction_of(ended).mean,
        )


def _by_week(rows: Iterable[Any], name: str) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {}
    for row in rows:
        day = timezone.localtime(getattr(row, name)).date()
        found.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    return found


def _named(counts: Counter[str], names: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """By the words people read, the most frequent first; what is not told stands last."""
    told = [(str(names.get(key, key)), count) for key, count in counts.most_common() if key]
    return (*told, ("chưa rõ", counts[""])) if counts[""] else tuple(told)


def _heat(opened: Iterable[Any]) -> tuple[tuple[int, ...], ...]:
    counts = [[0] * HOURS for _ in range(DAYS)]
    for row in opened:
        at = timezone.localtime(row.opened_at)
        counts[at.weekday()][at.hour] += 1
    return tuple(tuple(row) for row in counts)


def _referrals(visible: Any, begins: datetime, ends: datetime) -> tuple[tuple[str, int], ...]:
    """Every outcome, those without any too."""
    rows = Referral.objects.filter(case__in=visible, at__gte=begins, at__lt=ends).order_by()
    counts = dict(rows.values_list("outcome").annotate(Count("pk")))
    return tuple((str(name), counts.get(key, 0)) for key, name in Referral.Outcome.choices)
