"""The queue of cases: scopes, order, counts, and when it may look different. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Value

from bot.counselling.models import Case, CaseEvent, CaseNote, Label, Presence
from bot.counselling.queries import age_text, child_months, digest, with_waiting
from bot.messaging.models import InboundMessage, SearchText
from bot.programme.models import Domain
from bot.staff.roles import team_ids_of

SCOPES = ("all", "waiting", "mine", "team", "parent", "snoozed", "mentioned", "closed")
RANKS = {Case.Priority.URGENT: 0, Case.Priority.HIGH: 1, Case.Priority.NORMAL: 2}
TOPICS = dict(Domain.choices)
IS_OPEN = ~Q(state=Case.State.CLOSED)
# The clock that runs now: the first response's until somebody has spoken, then the whole case's.
DUE = models.Case(
    models.When(first_response_at=None, then=F("first_response_due_at")),
    default=F("resolution_due_at"),
)


@dataclass(frozen=True)
class QueueRow:
    """A case as the list shows it. `waiting_since` None: nobody waits for us; `due_at` None: no
    clock runs.
    """

    case: Case
    age: str
    topic: str
    waiting_since: datetime | None
    due_at: datetime | None
    labels: tuple[str, ...]
    is_mention: bool


def cases_in(user: User, scope: str) -> Any:
    """The cases of a scope that the account may see, in the order in which they need somebody."""
    cases: Any = Case.objects.visible_to(user)
    if scope == "mentioned":
        cases = cases.filter(IS_OPEN, Exists(_mentions(user).filter(case=OuterRef("pk"))))
    elif scope == "parent":
        cases = with_waiting(cases.filter(_in_scope(user, scope))).filter(waiting_since=None)
    else:
        cases = cases.filter(_in_scope(user, scope))
    if scope == "closed":
        return cases.order_by("-closed_at", "-pk")
    if scope == "snoozed":
        return cases.order_by(F("snoozed_until").asc(nulls_last=True), "pk")
    rank = models.Case(
        *(models.When(priority=name, then=Value(place)) for name, place in RANKS.items())
    )
    return cases.annotate(rank=rank, due_at=DUE).order_by(
        "rank", F("due_at").asc(nulls_last=True), "opened_at", "pk"
    )


def rows_of(user: User, numbers: list[int]) -> list[QueueRow]:
    """The cases of one page, in the order of their numbers; a fixed count of queries."""
    cases = (
        with_waiting(Case.objects.visible_to(user).filter(pk__in=numbers))
        .annotate(due_at=DUE)
        .select_related("assignee", "family", "team")
        .prefetch_related("family__children", Prefetch("labels", Label.objects.order_by("name")))
    )
    found = {case.pk: case for case in cases}
    mentioned = set(
        _mentions(user).filter(case__in=numbers).values_list("case_id", flat=True).distinct()
    )
    return [
        QueueRow(
            case=case,
            age=age_text(child_months(case)),
            topic=TOPICS.get(case.topic, case.topic),
            waiting_since=case.waiting_since,
            due_at=None if _owes_nothing(case) else case.due_at,
            labels=tuple(label.name for label in case.labels.all()),
            is_mention=case.pk in mentioned,
        )
        for case in (found[number] for number in numbers if number in found)
    ]


def _owes_nothing(case: Any) -> bool:
    """Closed, at rest, or the parent's turn: no clock of the case counts (bot.counselling.late)."""
    if case.state == Case.State.WAITING_FOR_PARENT:
        return case.first_response_at is not None and case.waiting_since is None
    return case.state in {Case.State.CLOSED, Case.State.SNOOZED}


def queue_counts(user: User) -> dict[str, int]:
    """How many open cases each scope has, and how many urgent ones nobody has taken."""
    plain = ("all", "waiting", "mine", "team", "snoozed")
    wanted = {scope: Count("pk", filter=_in_scope(user, scope)) for scope in plain}
    urgent = Count("pk", filter=Q(state=Case.State.WAITING, priority=Case.Priority.URGENT))
    counts: dict[str, int] = (
        Case.objects.visible_to(user).filter(IS_OPEN).aggregate(**wanted, urgent=urgent)
    )
    for scope in ("parent", "mentioned"):
        counts[scope] = cases_in(user, scope).order_by().count()
    return counts


def queue_version(user: User, address: str) -> str:
    """Changes whenever the list may look different; the minute is in it, for the clocks."""
    return digest(
        user.pk,
        address,
        Case.objects.aggregate(Max("pk"), Count("pk")),
        CaseEvent.objects.aggregate(Max("pk")),
        InboundMessage.objects.aggregate(Max("pk")),
        Presence.objects.filter(user=user).count(),
        # While words are searched, also when more of them can be found.
        "q=" in address and SearchText.objects.aggregate(Max("read_until"), Count("pk")),
    )


def _mentions(user: User) -> models.QuerySet[CaseNote]:
    """Notes that name the account and were written after it last looked at the case."""
    looked = Presence.objects.filter(
        case=OuterRef("case"), user=user, seen_at__gte=OuterRef("written_at")
    )
    return CaseNote.objects.filter(~Exists(looked), mentions=user)


def _in_scope(user: User, scope: str) -> Q:
    return {
        "all": IS_OPEN,
        "waiting": Q(state=Case.State.WAITING),
        "mine": IS_OPEN & Q(assignee=user),
        "team": IS_OPEN & Q(team__in=team_ids_of(user)),
        "parent": Q(state=Case.State.WAITING_FOR_PARENT),
        "snoozed": Q(state=Case.State.SNOOZED),
        "closed": Q(state=Case.State.CLOSED),
    }[scope]
