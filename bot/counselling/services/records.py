"""What services of a case share: its history, whether it is held, a word to the parent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from bot.counselling.errors import CaseIsClosed, NotAssignee, NotClaimed, ParentHasWritten
from bot.counselling.late import SPOKEN
from bot.counselling.models import Case, CaseEvent, Presence
from bot.messaging.models import Channel, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply
from bot.staff import audit
from bot.staff.models import AuditEvent, Role, StaffProfile
from bot.staff.roles import has_role

AUDITED: dict[str, str] = {
    CaseEvent.Kind.REPLIED: AuditEvent.Action.REPLIED,
    CaseEvent.Kind.NOTED: AuditEvent.Action.NOTED,
    CaseEvent.Kind.ERASED: AuditEvent.Action.ERASED,
}

# Somebody speaks in the chat. A case that waits may be given to somebody who has not taken it.
HELD = {Case.State.CLAIMED, Case.State.WAITING_FOR_PARENT, Case.State.SNOOZED}


def record(case: Case, kind: str, *, by: User | None = None, **detail: Any) -> None:
    """Adds to the history of a case; what a person did goes into the audit trail too, and so does
    that a family erased its data.
    """
    event = CaseEvent.objects.create(case=case, kind=kind, by=by, detail=detail)
    if by is not None or kind == CaseEvent.Kind.ERASED:
        action = AUDITED.get(kind, AuditEvent.Action.CASE_CHANGED)
        audit.record(action, actor=by, case_number=case.pk, kind=str(kind), event=event.pk)


def may_hold(user: User) -> bool:
    """Whether cases can be given to this account."""
    return has_role(user, Role.COUNSELLOR, Role.SUPERVISOR, Role.ADMIN)


def must_be_open(case: Case) -> None:
    """Reads the case anew and holds its row until the transaction ends, so that what is decided on
    still stands when it is written. Raises CaseIsClosed.
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if case.state == Case.State.CLOSED:
        raise CaseIsClosed


def must_hold(case: Case, by: User) -> None:
    """Reads the case anew. Raises CaseIsClosed, NotAssignee, NotClaimed."""
    must_be_open(case)
    if case.assignee_id != by.pk:
        raise NotAssignee
    if case.state not in HELD:
        raise NotClaimed


def must_have_read(case: Case, by: User) -> None:
    """Whoever puts a held case away has been shown what the parent wrote, here or in Telegram, or
    has answered it. Raises ParentHasWritten.
    """
    spoken = OutboundMessage.objects.filter(
        SPOKEN, conversation=case.conversation_id, created_at__gt=OuterRef("received_at")
    )
    chats = StaffProfile.objects.filter(user=by).exclude(telegram_chat="")
    forwarded = OutboundMessage.objects.filter(
        inbound=OuterRef("pk"),
        conversation__channel=Channel.STAFF,
        conversation__address__in=chats.values("telegram_chat"),
        state__in=(OutboundMessage.State.SENDING, OutboundMessage.State.SENT),
    )
    shown = Presence.objects.filter(case=case, user=by).values_list("shown", flat=True).first()
    taken_at = case.claimed_at or case.opened_at
    since = Q(received_at__gt=taken_at) if shown is None else Q(pk__gt=shown)
    written = InboundMessage.objects.exclude(kind=InboundMessage.Kind.BUTTON).filter(
        since, ~Exists(spoken), ~Exists(forwarded), conversation=case.conversation_id
    )
    if case.conversation_id is not None and written.exists():
        raise ParentHasWritten


def tell_parent(case: Case, name: str, key: str, **values: Any) -> None:
    """Says a response of domain.yml in the parent's chat; the same `key` again says nothing."""
    if case.conversation is not None:
        said = reply(name, case_number=case.pk, **values)
        queue_reply(
            case.conversation,
            said.text,
            dedupe_key=key[:80],
            buttons=said.buttons,
            author=OutboundMessage.Author.SYSTEM,
        )
