"""Every write on a case. Each state change adds a row to the case's history, in the same
transaction.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.counselling.alerts import alert_group
from bot.counselling.errors import CaseClaimed, CaseIsClosed, NotAssignee
from bot.counselling.models import Case, CaseEvent, CaseNote
from bot.messaging.models import Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply
from bot.nlu.screen import URGENT

HIGH = {Case.Reason.CAREGIVER_DISTRESS, Case.Reason.LOW_RATING}
HELD = {Case.State.CLAIMED, Case.State.WAITING_FOR_PARENT, Case.State.SNOOZED}
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
            _record(case, CaseEvent.Kind.OPENED, reason=reason, priority=case.priority)
            alert_group(case)
            return case, True
    if RANK[Case.Priority(priority_of(reason))] < RANK[Case.Priority(case.priority)]:
        case.priority, case.reason = priority_of(reason), reason
        case.raised_by = raised_by or case.raised_by
        case.unclaimed_told, case.unclaimed_told_at = 0, None
        case.save()
        _record(case, CaseEvent.Kind.RAISED, reason=reason, priority=case.priority)
        alert_group(case)
    elif raised_by is not None and alert is not None and alert["urgent"]:
        _record(case, CaseEvent.Kind.RAISED, reason=reason, priority=case.priority)
        alert_group(case)
    return case, False


@transaction.atomic
def claim_case(case: Case, *, by: User) -> None:
    """Makes `by` the assignee and tells the parent who is speaking. Raises CaseClaimed,
    CaseIsClosed.
    """
    now = timezone.now()
    free = Case.objects.filter(pk=case.pk, state=Case.State.WAITING, assignee=None)
    if not free.update(assignee=by, state=Case.State.CLAIMED, claimed_at=now):
        case.refresh_from_db()
        if case.state == Case.State.CLOSED:
            raise CaseIsClosed
        if case.assignee_id == by.pk:
            return
        raise CaseClaimed
    case.refresh_from_db()
    _record(case, CaseEvent.Kind.CLAIMED, by=by)
    _tell_parent(case, "utter_counsellor_here", f"claimed:{case.pk}:{now.timestamp()}")


@transaction.atomic
def release_case(case: Case, *, by: User) -> None:
    """Gives a case back to the queue. Raises NotAssignee."""
    _must_hold(case, by)
    Case.objects.filter(pk=case.pk).update(assignee=None, state=Case.State.WAITING, claimed_at=None)
    case.refresh_from_db()
    _record(case, CaseEvent.Kind.RELEASED, by=by)
    alert_group(case)


@transaction.atomic
def send_reply(case: Case, text: str, *, by: User, key: str) -> OutboundMessage:
    """Writes the counsellor's words into the parent's chat. Raises NotAssignee, CaseIsClosed.
    `key`: one a form.
    """
    _must_hold(case, by)
    assert case.conversation is not None  # noqa: S101
    message = queue_reply(
        case.conversation,
        text,
        dedupe_key=f"reply:{case.pk}:{key}"[:80],
        author=OutboundMessage.Author.COUNSELLOR,
        staff=by,
    )
    if not CaseEvent.objects.filter(
        case=case, kind=CaseEvent.Kind.REPLIED, detail__outbound=message.pk
    ).exists():
        if case.first_response_at is None:
            Case.objects.filter(pk=case.pk).update(first_response_at=timezone.now())
        Case.objects.filter(pk=case.pk).update(state=Case.State.WAITING_FOR_PARENT)
        case.refresh_from_db()
        _record(case, CaseEvent.Kind.REPLIED, by=by, outbound=message.pk)
    return message


@transaction.atomic
def add_note(case: Case, text: str, *, by: User) -> CaseNote:
    """An internal note; any counsellor who sees the case may write one."""
    note = CaseNote.objects.create(case=case, author=by, text=text)
    _record(case, CaseEvent.Kind.NOTED, by=by)
    return note


@transaction.atomic
def close_case(case: Case, *, by: User, outcome: str, summary: str = "") -> None:
    """Closes a case; the assistant is back and says so. Raises NotAssignee, CaseIsClosed."""
    _must_hold(case, by)
    _close(case, outcome=outcome, summary=summary)
    _record(case, CaseEvent.Kind.CLOSED, by=by, outcome=outcome)
    _tell_parent(case, "utter_case_closed", f"closed:{case.pk}")


@transaction.atomic
def return_to_assistant(conversation: Conversation) -> Case | None:
    """The parent wants the assistant back: a held case goes back to waiting. The case, or None when
    none was held.
    """
    case = open_case_of(conversation)
    if case is None or case.state not in HELD:
        return None
    by = case.assignee
    Case.objects.filter(pk=case.pk).update(assignee=None, state=Case.State.WAITING, claimed_at=None)
    case.refresh_from_db()
    _record(case, CaseEvent.Kind.RETURNED, was=by.pk if by else None)
    return case


@transaction.atomic
def erase_cases(family: Any) -> None:
    """Takes the content out of a family's cases; numbers, reasons and history stay. An open one is
    closed.
    """
    for case in Case.objects.filter(family=family):
        if case.state != Case.State.CLOSED:
            _close(case, outcome=Case.Outcome.ERASED, summary="")
            _record(case, CaseEvent.Kind.CLOSED, outcome=Case.Outcome.ERASED)
        case.notes.all().delete()
        Case.objects.filter(pk=case.pk).update(
            family=None, conversation=None, raised_by=None, summary=""
        )
        _record(case, CaseEvent.Kind.ERASED)


def _must_hold(case: Case, by: User) -> None:
    case.refresh_from_db()
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed
    if case.assignee_id != by.pk:
        raise NotAssignee


def _close(case: Case, *, outcome: str, summary: str) -> None:
    Case.objects.filter(pk=case.pk).update(
        state=Case.State.CLOSED, outcome=outcome, summary=summary, closed_at=timezone.now()
    )
    case.refresh_from_db()


def _record(case: Case, kind: str, *, by: User | None = None, **detail: Any) -> None:
    CaseEvent.objects.create(case=case, kind=kind, by=by, detail=detail)


def _tell_parent(case: Case, name: str, key: str) -> None:
    if case.conversation is not None:
        said = reply(name, case_number=case.pk)
        queue_reply(
            case.conversation,
            said.text,
            dedupe_key=key[:80],
            buttons=said.buttons,
            author=OutboundMessage.Author.SYSTEM,
        )


def _child_age(conversation: Conversation, raised_by: InboundMessage | None) -> int | None:
    """What the message tells beats the profile."""
    # Here, not above: it brings spaCy, and the web server opens no case.
    from bot.nlu.entities import child_months as months_of

    told = months_of(raised_by.text) if raised_by else None
    if told is not None:
        return told
    children = list(conversation.family.children.all()) if conversation.family else []
    return children[0].age_months() if len(children) == 1 else None
