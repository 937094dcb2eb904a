"""What the console reads: the queue, one case with its conversation and its context. Never writes."""  # noqa: E501

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bot.counselling.models import Case, CaseEvent, CaseNote
from bot.families.models import Child
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.programme.models import Article

SCOPES = ("all", "waiting", "mine", "closed")
CLOSED_SHOWN = 50
LINES_SHOWN = 200
LABELS = dict(Case.Reason.choices)
RANKS = {Case.Priority.URGENT: 0, Case.Priority.HIGH: 1, Case.Priority.NORMAL: 2}
# A button goes to the assistant, also while a counsellor speaks.
WRITTEN = ~Q(kind=InboundMessage.Kind.BUTTON)


@dataclass(frozen=True)
class QueueRow:
    """A case as the list shows it. `waiting_since` None: nobody waits for us."""

    case: Case
    age: str
    waiting_since: datetime | None


@dataclass(frozen=True)
class ChildRow:
    child: Child
    age: str
    corrected_age: str


@dataclass(frozen=True)
class AlertRow:
    label: str
    words: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Packet:
    """What a counsellor should know before the first word."""

    children: tuple[ChildRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    articles: tuple[tuple[str, datetime], ...] = field(default=())


def queue(user: User, scope: str) -> list[QueueRow]:
    """Cases of a scope: urgent first, then who has waited longest, then those where nobody waits."""  # noqa: E501
    rank = models.Case(
        *(models.When(priority=name, then=Value(place)) for name, place in RANKS.items())
    )
    cases = (
        _with_waiting(Case.objects.visible_to(user).filter(_in_scope(user, scope)))
        .annotate(rank=rank)
        .select_related("assignee", "family", "conversation")
        .prefetch_related("family__children")
    )
    if scope == "closed":
        cases = cases.order_by("-closed_at", "-pk")[:CLOSED_SHOWN]
    else:
        cases = cases.order_by("rank", F("waiting_since").asc(nulls_last=True), "opened_at", "pk")
    return [QueueRow(case, age_text(child_months(case)), case.waiting_since) for case in cases]


def queue_counts(user: User) -> dict[str, int]:
    """How many open cases each scope has, and how many urgent ones nobody has taken."""
    wanted = {
        scope: Count("pk", filter=_in_scope(user, scope)) for scope in ("all", "waiting", "mine")
    }
    urgent = Count("pk", filter=Q(state=Case.State.WAITING, priority=Case.Priority.URGENT))
    return Case.objects.visible_to(user).aggregate(**wanted, urgent=urgent)


def queue_version(user: User, scope: str) -> str:
    """Changes whenever the list may look different; the minute is in it, for the waiting times."""
    return _digest(
        user.pk,
        scope,
        Case.objects.aggregate(Max("pk"), Count("pk")),
        CaseEvent.objects.aggregate(Max("pk")),
        InboundMessage.objects.aggregate(Max("pk")),
    )


def case_version(case: Case, user: User) -> str:
    """Changes whenever the page of a case may look different."""
    waiting = Count("pk", filter=Q(state=InboundMessage.State.NEW))
    under_way = [OutboundMessage.State.PENDING, OutboundMessage.State.SENDING]
    of_chat = Q(conversation=case.conversation_id) if case.conversation_id else Q(pk=None)
    return _digest(
        user.pk,
        (case.state, case.assignee_id, case.priority),
        CaseEvent.objects.filter(case=case).aggregate(Max("pk")),
        InboundMessage.objects.filter(of_chat).aggregate(Max("pk"), Count("pk"), waiting=waiting),
        OutboundMessage.objects.filter(of_chat).aggregate(
            Max("pk"),
            Max("sent_at"),
            waiting=Count("pk", filter=Q(state__in=under_way)),
            failed=Count("pk", filter=Q(state=OutboundMessage.State.FAILED)),
        ),
    )


def packet_of(case: Case) -> Packet:
    """Children, alerts and articles of the family's chat."""
    children = tuple(
        ChildRow(child, age_text(child.age_months()), age_text(child.corrected_age_months()))
        for child in (case.family.children.all() if case.family else ())
    )
    if case.conversation_id is None:
        return Packet(children)
    rows = InboundMessage.objects.filter(conversation=case.conversation_id)
    alerts = tuple(
        AlertRow(
            LABELS.get(row.alert["label"], row.alert["label"]),
            tuple(row.alert.get("words", ())),
            row.received_at,
        )
        for row in rows.filter(alert__label__isnull=False).order_by("-pk")[:10]
        if row.alert
    )
    return Packet(
        children,
        alerts,
        _articles(list(rows.filter(result__answer__slug__isnull=False).order_by("-pk")[:10])),
    )


def child_months(case: Case) -> int | None:
    """Months as they are now when the family's only child is known, else as they were at the
    opening.
    """
    children = list(case.family.children.all()) if case.family else []
    now = children[0].age_months() if len(children) == 1 else None
    return case.child_age_months if now is None else now


def age_text(months: int | None) -> str:
    """`8 tháng`, `2 tuổi 3 tháng`; empty when unknown."""
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    if months < 24:
        return f"{months} tháng"
    return f"{years} tuổi {rest} tháng" if rest else f"{years} tuổi"


def _in_scope(user: User, scope: str) -> Q:
    is_open = ~Q(state=Case.State.CLOSED)
    return {
        "all": is_open,
        "waiting": Q(state=Case.State.WAITING),
        "mine": is_open & Q(assignee=user),
        "closed": Q(state=Case.State.CLOSED),
    }[scope]


def _with_waiting(cases: models.QuerySet[Case]) -> Any:
    """Since when the parent waits: the opening, or the first message after the counsellor's last
    words.
    """
    spoken = OutboundMessage.objects.filter(
        conversation=OuterRef("conversation"),
        author=OutboundMessage.Author.COUNSELLOR,
        created_at__gte=OuterRef("opened_at"),
    ).order_by("-created_at")
    unanswered = InboundMessage.objects.filter(
        WRITTEN, conversation=OuterRef("conversation"), received_at__gt=OuterRef("spoken_at")
    ).order_by("received_at")
    since = models.Case(
        models.When(state=Case.State.CLOSED, then=Value(None)),
        models.When(state=Case.State.WAITING, reopened_at__isnull=False, then=F("reopened_at")),
        models.When(spoken_at=None, then=F("opened_at")),
        models.When(state=Case.State.WAITING, then=Coalesce("unanswered_at", "opened_at")),
        default=F("unanswered_at"),
        output_field=models.DateTimeField(),
    )
    return (
        cases.annotate(
            spoken_at=Subquery(spoken.values("created_at")[:1]),
        )
        .annotate(unanswered_at=Subquery(unanswered.values("received_at")[:1]))
        .annotate(waiting_since=since)
    )


def _articles(rows: list[InboundMessage]) -> tuple[tuple[str, datetime], ...]:
    slugs = {row.result["answer"]["slug"] for row in rows}
    titles = dict(Article.objects.filter(slug__in=slugs).values_list("slug", "title"))
    return tuple(
        (titles.get(slug, slug), row.received_at)
        for row in rows
        for slug in [row.result["answer"]["slug"]]
    )


def notes_of(case: Case) -> models.QuerySet[CaseNote]:
    return case.notes.select_related("author")


def history_of(case: Case) -> models.QuerySet[CaseEvent]:
    return case.history.select_related("by")


def _digest(*parts: object) -> str:
    minute = timezone.now().replace(second=0, microsecond=0)
    return f'"{hashlib.sha256(repr((minute, parts)).encode()).hexdigest()[:20]}"'
