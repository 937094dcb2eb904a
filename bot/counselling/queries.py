"""What the console reads of cases: who waits, notes, history, who is looking. Never writes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bot.counselling.late import SPOKEN
from bot.counselling.models import Case, CaseEvent, Draft, Presence
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.staff.roles import name_of

# So long after the last sign of somebody they are taken to look still, and to type still; what they
# typed is read a little longer than the sign of it.
LOOKING, TYPING, DRAFTED = timedelta(seconds=60), timedelta(seconds=8), timedelta(seconds=30)
LABELS = dict(Case.Reason.choices)
# A button goes to the assistant, also while a counsellor speaks.
WRITTEN = ~Q(kind=InboundMessage.Kind.BUTTON)


@dataclass(frozen=True)
class Looking:
    """A colleague who has the case open; `draft`: what they type, not masked."""

    name: str
    is_typing: bool
    draft: str


def case_version(case: Case, user: User) -> str:
    """Changes whenever the page of a case may look different."""
    waiting = Count("pk", filter=Q(state=InboundMessage.State.NEW))
    under_way = [OutboundMessage.State.PENDING, OutboundMessage.State.SENDING]
    of_chat = Q(conversation=case.conversation_id) if case.conversation_id else Q(pk=None)
    return digest(
        user.pk,
        (case.state, case.assignee_id, case.priority),
        CaseEvent.objects.filter(case=case).aggregate(Max("pk")),
        company_of(case, user),
        InboundMessage.objects.filter(of_chat).aggregate(Max("pk"), Count("pk"), waiting=waiting),
        OutboundMessage.objects.filter(of_chat).aggregate(
            Max("pk"),
            Max("sent_at"),
            waiting=Count("pk", filter=Q(state__in=under_way)),
            failed=Count("pk", filter=Q(state=OutboundMessage.State.FAILED)),
        ),
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


def due_at(case: Case) -> datetime | None:
    """When the clock that runs now is missed: the first response's until somebody has spoken."""
    if case.first_response_at is None:
        return case.first_response_due_at
    return case.resolution_due_at


def with_waiting(cases: models.QuerySet[Case]) -> Any:
    """Since when the parent waits: the opening (the last one), or the first message after the
    counsellor's last words.
    """
    begun = Coalesce("reopened_at", "opened_at")
    spoken = OutboundMessage.objects.filter(
        SPOKEN,
        conversation=OuterRef("conversation"),
        created_at__gte=OuterRef("begun_at"),
    ).order_by("-pk")
    unanswered = InboundMessage.objects.filter(
        WRITTEN, conversation=OuterRef("conversation"), received_at__gt=OuterRef("spoken_at")
    ).order_by("received_at")
    since = models.Case(
        models.When(state=Case.State.CLOSED, then=Value(None)),
        models.When(spoken_at=None, then=F("begun_at")),
        models.When(state=Case.State.WAITING, then=Coalesce("unanswered_at", "begun_at")),
        default=F("unanswered_at"),
        output_field=models.DateTimeField(),
    )
    return (
        cases.annotate(begun_at=begun)
        .annotate(spoken_at=Subquery(spoken.values("created_at")[:1]))
        .annotate(unanswered_at=Subquery(unanswered.values("received_at")[:1]))
        .annotate(waiting_since=since)
    )


def history_of(case: Case) -> models.QuerySet[CaseEvent]:
    return case.history.select_related("by")


def company_of(case: Case, user: User) -> list[Looking]:
    """Colleagues who have the case open now, by name."""
    now = timezone.now()
    drafts = Draft.objects.filter(
        case=OuterRef("case"), user=OuterRef("user"), saved_at__gt=now - DRAFTED
    )
    rows: Any = (
        Presence.objects.filter(case=case, seen_at__gt=now - LOOKING)
        .exclude(user=user)
        .annotate(draft=Subquery(drafts.values("text")[:1]))
        .select_related("user")
        .order_by("user__username")
    )
    return [
        Looking(
            name_of(row.user),
            row.typed_at is not None and row.typed_at > now - TYPING,
            row.draft or "",
        )
        for row in rows
    ]


def replies_sent(case: Case, user: User) -> int:
    """How many messages of this account stand in the case's chat."""
    if case.conversation_id is None:
        return 0
    return OutboundMessage.objects.filter(
        conversation=case.conversation_id, author=OutboundMessage.Author.COUNSELLOR, staff=user
    ).count()


def digest(*parts: object) -> str:
    minute = timezone.now().replace(second=0, microsecond=0)
    return f'"{hashlib.sha256(repr((minute, parts)).encode()).hexdigest()[:20]}"'
