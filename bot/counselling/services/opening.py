"""Opening a case, and raising it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.errors import NotARaise
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.clocks import owe_answer
from bot.counselling.services.records import HELD, must_be_open, record
from bot.counselling.services.reopening import reopen_case, reopenable_case
from bot.counselling.services.routing import (
    offer_case,
    receive_case,
    receive_raised,
    was_sent_away,
)
from bot.messaging.models import Conversation, InboundMessage
from bot.nlu.screen import URGENT

HIGH = {Case.Reason.CAREGIVER_DISTRESS, Case.Reason.LOW_RATING}
RANK = {Case.Priority.URGENT: 0, Case.Priority.HIGH: 1, Case.Priority.NORMAL: 2}


def priority_of(reason: str) -> str:
    """urgent for the labels of danger, high for distress and low ratings, else normal."""
    if reason in URGENT:
        return Case.Priority.URGENT
    return Case.Priority.HIGH if reason in HIGH else Case.Priority.NORMAL


def open_case_of(conversation: Conversation) -> Case | None:
    """The family's open case, if any."""
    if conversation.family_id is None:
        return None
    return (
        Case.objects.filter(family_id=conversation.family_id)
        .exclude(state=Case.State.CLOSED)
        .first()
    )


def is_held(conversation: Conversation) -> bool:
    """Whether a counsellor speaks in this chat, so that the assistant is silent."""
    case = open_case_of(conversation)
    return case is not None and case.state in HELD


def held_case(conversation: Conversation) -> Case | None:
    """The case when a counsellor speaks in this chat. Its row is held until the transaction ends,
    so that what is left to the counsellor is not closed over.
    """
    if conversation.family_id is None:
        return None
    held = Case.objects.select_for_update().filter(state__in=HELD)
    return held.filter(family=conversation.family_id).first()


def families_with_open_case() -> set[int]:
    """Ids of families whose data must stay until their case is closed."""
    return set(
        Case.objects.exclude(state=Case.State.CLOSED)
        .exclude(family=None)
        .values_list("family_id", flat=True)
    )


@transaction.atomic
def open_case(
    conversation: Conversation,
    *,
    reason: str,
    alert: dict[str, Any] | None = None,
    raised_by: InboundMessage | None = None,
) -> tuple[Case, bool]:
    """The family's case, and whether it is new. One open case a family: a more serious reason
    raises it.
    """
    case = open_case_of(conversation)
    if case is None and (last := reopenable_case(conversation)) is not None:
        is_worse = RANK[Case.Priority(priority_of(reason))] < RANK[Case.Priority(last.priority)]
        raised_to = (reason, priority_of(reason)) if is_worse else None
        if reopen_case(last, why=reason, raised_to=raised_to, raised_by=raised_by):
            return last, True
        case = open_case_of(conversation)
    if case is None:
        try:
            with transaction.atomic():
                case = Case.objects.create(
                    family=conversation.family,
                    conversation=conversation,
                    raised_by=raised_by,
                    reason=reason,
                    priority=priority_of(reason),
                    child_age_months=_child_age(conversation, raised_by),
                )
        except IntegrityError:
            case = open_case_of(conversation)
            assert case is not None  # noqa: S101
        else:
            record(case, CaseEvent.Kind.OPENED, reason=reason, priority=case.priority)
            receive_case(case, case.opened_at)
            alert_group(case)
            return case, True
    # Whoever calls for a person again is owed an answer again.
    owe_answer(case, timezone.now())
    if RANK[Case.Priority(priority_of(reason))] < RANK[Case.Priority(case.priority)]:
        case.priority, case.reason = priority_of(reason), reason
        case.raised_by = raised_by or case.raised_by
        case.unclaimed_told, case.unclaimed_told_at = 0, None
        # Not the whole row: somebody may claim the case at this moment.
        case.save(
            update_fields=["priority", "reason", "raised_by", "unclaimed_told", "unclaimed_told_at"]
        )
        record(case, CaseEvent.Kind.RAISED, reason=reason, priority=case.priority)
        receive_raised(case, timezone.now())
        alert_group(case)
    elif raised_by is not None and alert is not None and alert["urgent"]:
        record(case, CaseEvent.Kind.RAISED, reason=reason, priority=case.priority)
        alert_group(case)
    elif was_sent_away(case):
        record(case, CaseEvent.Kind.RAISED, reason=reason, priority=case.priority)
        offer_case(case, timezone.now())
        alert_group(case)
    return case, False


@transaction.atomic
def raise_priority(case: Case, *, by: User, priority: str = Case.Priority.HIGH) -> None:
    """A person finds a case more serious than the machine did. Raises NotARaise, CaseIsClosed."""
    must_be_open(case)
    if RANK[Case.Priority(priority)] >= RANK[Case.Priority(case.priority)]:
        raise NotARaise
    Case.objects.filter(pk=case.pk).update(priority=priority)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.RAISED, by=by, priority=priority)
    receive_raised(case, timezone.now())
    alert_group(case)


def _child_age(conversation: Conversation, raised_by: InboundMessage | None) -> int | None:
    """What the message tells beats the profile."""
    # Here, not above: it brings spaCy, and the web server opens no case.
    from bot.nlu.entities import child_months as months_of

    told = months_of(raised_by.text) if raised_by else None
    if told is not None:
        return told
    children = list(conversation.family.children.all()) if conversation.family else []
    return children[0].age_months() if len(children) == 1 else None
