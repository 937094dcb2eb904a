"""A parent's messages in the private Telegram chat of the counsellor who holds the case. Never a
name, never a Telegram id.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bot.counselling.alerts import case_link
from bot.counselling.models import Case
from bot.counselling.services.opening import held_case
from bot.counselling.services.records import HELD, may_hold
from bot.messaging.models import Channel, Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import finish, queue_reply
from bot.messaging.services.inbox import conversation_at
from bot.staff.models import StaffProfile

Kind = InboundMessage.Kind
WORDS = {Kind.TEXT, Kind.EDITED}
# What Telegram shows by the file's own number; everything else is seen in the console.
FILES = {Kind.PHOTO, Kind.VOICE, Kind.VIDEO, Kind.DOCUMENT}
RECENT = timedelta(hours=24)
RECENT_SHOWN = 5


def linked_profile(case: Case) -> StaffProfile | None:
    """The profile of the case's holder, when they answer in Telegram too."""
    if case.state not in HELD or case.assignee_id is None:
        return None
    linked = StaffProfile.objects.filter(user=case.assignee_id).exclude(telegram_chat="")
    profile = linked.select_related("user").first()
    return profile if profile is not None and may_hold(profile.user) else None


@transaction.atomic
def forward_to_holder(case: Case, row: InboundMessage) -> OutboundMessage | None:
    """Shows a message of the parent to the holder; the same again shows nothing. None: the holder
    has no linked chat, or a button was pressed.
    """
    profile = linked_profile(case)
    if profile is None or row.kind == Kind.BUTTON:
        return None
    attachment = None
    if row.kind in FILES and row.detail.get("file_id"):
        attachment = {"file_id": row.detail["file_id"], "kind": row.kind}
    name = "utter_forward_edited" if row.kind == Kind.EDITED else "utter_forward"
    if row.kind not in WORDS and attachment is None:
        name = "utter_forward_other"
    said = reply(
        name,
        case_number=case.pk,
        kind=row.get_kind_display(),
        link=case_link(case),
        # Last, so that nothing is filled in within a parent's words.
        text=row.text or row.get_kind_display(),
    )
    return queue_reply(
        conversation_at(Channel.STAFF, profile.telegram_chat),
        said.text,
        dedupe_key=f"forward:{row.pk}:{profile.pk}:{case.pk}",
        author=OutboundMessage.Author.SYSTEM,
        # Gone with the parent's message when the family erases its data.
        inbound=row,
        attachment=attachment,
    )


@transaction.atomic
def leave_to_holder(conversation: Conversation, rows: list[InboundMessage]) -> bool:
    """Ends rows that are the holder's to answer: they stand in the console, and in Telegram where
    linked. False: nobody holds the case any more.
    """
    case = held_case(conversation)
    if case is None:
        return False
    if finish(rows):
        for row in rows:
            forward_to_holder(case, row)
    return True


@transaction.atomic
def forward_recent(case: Case) -> None:
    """The parent's last messages, oldest first: what a counsellor who claimed in Telegram must
    read.
    """
    rows = InboundMessage.objects.filter(
        conversation=case.conversation_id, received_at__gt=timezone.now() - RECENT
    ).exclude(Q(kind=Kind.BUTTON) | Q(text__startswith="/"))
    for row in list(rows.order_by("-pk")[:RECENT_SHOWN])[::-1]:
        forward_to_holder(case, row)


def forwarded(address: str, message_id: object) -> OutboundMessage | None:
    """The forwarded message that has this number in that private chat."""
    return (
        OutboundMessage.objects.filter(
            conversation__channel=Channel.STAFF,
            conversation__address=address,
            external_id=str(message_id),
            inbound__isnull=False,
            dedupe_key__startswith="forward:",
        )
        .select_related("inbound__conversation")
        .first()
    )


def case_of_forwarded(message: OutboundMessage) -> Case | None:
    """The case of which a message was forwarded."""
    number = message.dedupe_key.rsplit(":", 1)[-1]
    return Case.objects.filter(pk=number).select_related("conversation").first()
