"""A case that rests until a moment; it wakes then, or when the parent writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bot.counselling.errors import NotInFuture
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.clocks import rest_clock, resume_clock
from bot.counselling.services.records import must_hold, record
from bot.counselling.telling import tell_staff
from bot.messaging.models import InboundMessage

LONGEST = timedelta(days=90)


@transaction.atomic
def snooze_case(case: Case, *, by: User, until: datetime) -> None:
    """Lets a held case rest; the holder stays. Raises NotAssignee, CaseIsClosed, NotInFuture."""
    must_hold(case, by)
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise NotInFuture
    Case.objects.filter(pk=case.pk).update(state=Case.State.SNOOZED, snoozed_until=until)
    left = rest_clock(case, now, until)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.SNOOZED, by=by, until=until.isoformat(), minutes_left=left)


def wake_cases(now: datetime) -> int:
    """Brings back the cases whose time has come or whose parent has written; returns how many. Safe
    with several couriers.
    """
    snoozed = CaseEvent.objects.filter(case=OuterRef("case"), kind=CaseEvent.Kind.SNOOZED)
    later = snoozed.filter(pk__gt=OuterRef("pk"))
    written = InboundMessage.objects.filter(
        ~Q(kind=InboundMessage.Kind.BUTTON),
        conversation=OuterRef("case__conversation"),
        received_at__gt=OuterRef("at"),
    )
    last = CaseEvent.objects.filter(
        ~Exists(later), kind=CaseEvent.Kind.SNOOZED, case__state=Case.State.SNOOZED
    ).annotate(has_written=Exists(written))
    due = last.filter(Q(case__snoozed_until__lte=now) | Q(has_written=True))
    return sum(_wake(event, now) for event in due.select_related("case__assignee"))


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
