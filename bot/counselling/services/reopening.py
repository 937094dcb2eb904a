"""A closed case is opened again: the same number, offered to whoever held it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.records import record
from bot.counselling.services.routing import receive_case
from bot.counselling.telling import tell_staff
from bot.messaging.models import Conversation, InboundMessage

REOPEN_WITHIN = timedelta(hours=72)


def may_reopen_since(moment: datetime, now: datetime) -> bool:
    """Whether a case closed, or a parent asked, at `moment` can still go on."""
    return now - moment <= REOPEN_WITHIN / settings.MAM.fast_time


def reopenable_case(conversation: Conversation) -> Case | None:
    """The family's last case, when it was closed within 72 hours and none is open."""
    if conversation.family_id is None:
        return None
    last = Case.objects.filter(family=conversation.family_id).order_by("-pk").first()
    if last is None or last.state != Case.State.CLOSED or last.closed_at is None:
        return None
    return last if may_reopen_since(last.closed_at, timezone.now()) else None


@transaction.atomic
def reopen_case(
    case: Case,
    *,
    why: str,
    raised_to: tuple[str, str] | None = None,
    raised_by: InboundMessage | None = None,
) -> bool:
    """Makes a closed case wait again, proposed to its former holder; `raised_to`: a reason and
    priority more serious than its own. False: it is open, or another case of the family is.
    """
    if case.family_id is None:
        return False
    others = Case.objects.filter(family=case.family_id).exclude(state=Case.State.CLOSED)
    closed = Case.objects.filter(pk=case.pk, state=Case.State.CLOSED)
    if others.exists():
        return False
    now = timezone.now()
    holder = case.assignee if case.assignee and case.assignee.is_active else None
    if not closed.update(
        state=Case.State.WAITING,
        assignee=holder,
        claimed_at=None,
        closed_at=None,
        outcome="",
        reopened_at=now,
        times_reopened=case.times_reopened + 1,
        unclaimed_told=0,
        unclaimed_told_at=now,
    ):
        return False
    if raised_to is not None:
        Case.objects.filter(pk=case.pk).update(reason=raised_to[0], priority=raised_to[1])
    if raised_by is not None:
        Case.objects.filter(pk=case.pk).update(raised_by=raised_by)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.REOPENED, why=why, was=holder.pk if holder else None)
    receive_case(case, now)
    alert_group(case, "utter_group_reopened")
    if holder is not None:
        key = f"reopened:{case.pk}:{case.times_reopened}"
        tell_staff([holder], "utter_staff_reopened", key=key, case=case)
    return True
