"""Which clock of a case counts now, and which cases are late or soon will be. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bot.counselling.clocks import Due, Target, targets, working_calendar
from bot.counselling.models import Case
from bot.messaging.models import InboundMessage, OutboundMessage

# A clock is late soon in its last fifth, and in its last five minutes at least.
LAST_SHARE, LAST_MINUTES = 0.2, 5.0
OPEN = ~Q(state=Case.State.CLOSED)
# Of the messages to a parent: a counsellor's words, and what a counsellor sends as Mầm's.
SPOKEN = Q(author=OutboundMessage.Author.COUNSELLOR) | Q(staff__isnull=False)
FIRST, RESOLUTION = "first_response", "resolution"
# Each clock counts in turn: first the answer is owed, then the end. A snoozed case owes no end.
COUNTS = {
    FIRST: OPEN & Q(first_response_at=None, first_response_due_at__isnull=False),
    RESOLUTION: OPEN
    & ~Q(state=Case.State.SNOOZED)
    & Q(first_response_at__isnull=False, resolution_due_at__isnull=False),
}


@dataclass(frozen=True)
class Clock:
    """The clock that counts for a case: first_response or resolution, and when it runs out."""

    name: str
    due_at: datetime
    is_late: bool
    is_soon: bool


def clock_of(case: Case, now: datetime) -> Clock | None:
    """The clock to show; None when none runs."""
    if case.state == Case.State.CLOSED:
        return None
    name = FIRST if case.first_response_at is None else RESOLUTION
    due_at = case.first_response_due_at if name == FIRST else case.resolution_due_at
    if due_at is None or (name == RESOLUTION and _is_parents_turn(case)):
        return None
    answered = case.first_response_at
    was_warned = case.warned_at is not None and (answered is None or case.warned_at > answered)
    is_late = due_at <= now
    return Clock(name, due_at, is_late=is_late, is_soon=was_warned and not is_late)


def late_soon(clock: str, now: datetime) -> QuerySet[Case]:
    """Cases of which this clock is in its last stretch, and which nobody was told of. Clocks that
    count working time say so in working time.
    """
    calendar = working_calendar()
    is_near = Q(pk=None)
    for priority, target in targets().items():
        if target.in_working_hours and not calendar.is_working(now):
            continue
        left = max(LAST_SHARE * _minutes(target, clock), LAST_MINUTES)
        edge = Due(calendar, target.in_working_hours).after(now, left)
        is_near |= Q(priority=priority, **{f"{clock}_due_at__lte": edge})
    told = _not_since_answered("warned_at", clock)
    ahead = Q(**{f"{clock}_due_at__gt": now})
    return _that_wait(Case.objects.filter(COUNTS[clock], is_near, told, ahead), clock)


def late(clock: str, now: datetime) -> QuerySet[Case]:
    """Cases of which this clock has run out, and which no supervisor was told of."""
    told = _not_since_answered("escalated_at", clock)
    passed = Q(**{f"{clock}_due_at__lte": now})
    return _that_wait(Case.objects.filter(COUNTS[clock], passed, told), clock)


def _minutes(target: Target, clock: str) -> int:
    return target.first_response_minutes if clock == FIRST else target.resolution_minutes


def _not_since_answered(name: str, clock: str) -> Q:
    """Each clock is told of once."""
    if clock == FIRST:
        return Q(**{name: None})
    return Q(**{name: None}) | Q(**{f"{name}__lt": F("first_response_at")})


def owed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these the cases of which a clock counts now."""
    return cases.filter(COUNTS[FIRST] | (COUNTS[RESOLUTION] & _our_turn()))


def _that_wait(cases: QuerySet[Case], clock: str) -> QuerySet[Case]:
    if clock == RESOLUTION:
        cases = cases.filter(_our_turn())
    return cases.select_related("team", "assignee").order_by("pk")


def _our_turn() -> Q:
    """While it is the parent's turn, nobody is late with the end."""
    return ~Q(state=Case.State.WAITING_FOR_PARENT) | Q(Exists(_unanswered()))


def _is_parents_turn(case: Case) -> bool:
    if case.state == Case.State.WAITING_FOR_PARENT:
        return not is_waited_for(case)
    return case.state == Case.State.SNOOZED


def is_waited_for(case: Case) -> bool:
    """Whether the parent wrote after the counsellor's last words, in a case that was answered."""
    answered = Case.objects.filter(pk=case.pk).exclude(first_response_at=None)
    return answered.filter(Exists(_unanswered())).exists()


def _unanswered() -> QuerySet[InboundMessage]:
    """What the parent wrote after the counsellor's last words."""
    spoken = OutboundMessage.objects.filter(
        SPOKEN,
        conversation=OuterRef("conversation"),
        created_at__gt=OuterRef("received_at"),
    )
    return InboundMessage.objects.filter(
        ~Q(kind=InboundMessage.Kind.BUTTON),
        ~Exists(spoken),
        conversation=OuterRef("conversation"),
        received_at__gt=OuterRef("first_response_at"),
    )
