"""A case that rests until a moment; it wakes then, or when the parent writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from bot.counselling.errors import NotInFuture
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.clocks import rest_clock, resume_clock
from bot.counselling.services.records import must_have_read, must_hold, record
from bot.counselling.telling import tell_staff
from bot.messaging.models import InboundMessage

LONGEST = timedelta(days=90)


@transaction.atomic
def snooze_case(case: Case, *, by: User, until: datetime) -> None:
    """Lets a held case rest; the holder stays. Raises NotAssignee, CaseIsClosed, NotInFuture,
    ParentHasWritten.
    """
    must_hold(case, by)
    # Before it is asked what was read: what is written down in between wakes the case.
    last = _written(case.conversation_id).values_list("pk", flat=True).first()
    must_have_read(case, by)
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise NotInFuture
    Case.objects.filter(pk=case.pk).update(state=Case.State.SNOOZED, snoozed_until=until)
    left = rest_clock(case, now, until)
    case.refresh_from_db()
    record(
        case,
        CaseEvent.Kind.SNOOZED,
        by=by,
        until=until.isoformat(),
        minutes_left=left,
        after=last or 0,
    )


def wake_cases(now: datetime) -> int:
    """Brings back the cases whose time has come or whose parent has written; returns how many. Safe
    with several couriers.
    """
    snoozed = CaseEvent.objects.filter(case=OuterRef("case"), kind=CaseEvent.Kind.SNOOZED)
    later = snoozed.filter(pk__gt=OuterRef("pk"))
    written = _written(OuterRef("case__conversation"))
    last = CaseEvent.objects.filter(
        ~Exists(later), kind=CaseEvent.Kind.SNOOZED, case__state=Case.State.SNOOZED
    ).annotate(
        written=Subquery(written.values("pk")[:1]),
        written_at=Subquery(written.values("received_at")[:1]),
    )
    resting = last.select_related("case__assignee")
    return sum(_wake(event, now) for event in resting if _is_over(event, now))


def _written(conversation: Any) -> QuerySet[InboundMessage]:
    """What the parent wrote, the last first."""
    rows = InboundMessage.objects.exclude(kind=InboundMessage.Kind.BUTTON)
    return rows.filter(conversation=conversation).order_by("-pk")


def _is_over(event: Any, now: datetime) -> bool:
    if event.case.snoozed_until <= now:
        return True
    if event.written is None:
        return False
    # By number: a message that came in while the case was put to rest may be older than its rest.
    after = event.detail.get("after")
    return bool(event.written_at > event.at if after is None else event.written > after)


@transaction.atomic
def _wake(event: CaseEvent, now: datetime) -> int:
    case = event.case
    asleep = Case.objects.filter(
        pk=case.pk, state=Case.State.SNOOZED, snoozed_until=case.snoozed_until
    )
    if not asleep.update(state=Case.State.CLAIMED, snoozed_until=None):
        return 0
    case.refresh_from_db()
    left = event.detail.get("minutes_left")
    if left is not None:
        resume_clock(case, now, left)
    record(case, CaseEvent.Kind.WOKEN)
    if case.assignee is not None:
        key = f"woken:{case.pk}:{case.history.count()}"
        tell_staff([case.assignee], "utter_staff_woken", key=key, case=case)
    return 1
