"""Counsellors in Telegram: the buttons of an alert, and answers from a linked private chat. What is
written here never opens a family.
"""

from __future__ import annotations

import re
from typing import Any

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from telegram.error import TelegramError

from bot.counselling.alerts import case_link
from bot.counselling.errors import CounsellingError
from bot.counselling.models import Case
from bot.counselling.services import claim_case, send_reply
from bot.counselling.services.forwarding import case_of_forwarded, forward_recent, forwarded
from bot.counselling.services.linking import link_chat, unlink_chat
from bot.messaging.channels.telegram.api import configured_api
from bot.messaging.links import staff_code
from bot.messaging.models import Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import finish, queue_reply, resolve_button
from bot.staff.models import StaffProfile
from bot.staff.origin import NOWHERE, Origin, keep_origin
from bot.staff.roles import name_of

Kind = InboundMessage.Kind
CLAIM = re.compile(r'^/claim_case\{"case": (\d+)\}$')
UNLINK = re.compile(r"^/thoi(?:@\w+)?\s*$", re.IGNORECASE)
START = re.compile(r"^/start(?:@\w+)?(?:\s|$)", re.IGNORECASE)
# Telegram shows at most so much above the chat.
NOTICE_CHARACTERS = 200
logger = structlog.get_logger(__name__)

TELEGRAM = Origin(device="Telegram")


def answer_staff(conversation: Conversation, row: InboundMessage) -> None:
    """Does what a counsellor wants, once: the row's end and what follows from it are one
    transaction.
    """
    notice = ""
    # What is done here stands in the audit trail as done from Telegram.
    keep_origin(TELEGRAM)
    try:
        with transaction.atomic():
            if not finish([row]):
                return
            if row.kind == Kind.BUTTON:
                notice = _press(conversation, row)
            else:
                _words(conversation, row)
    finally:
        keep_origin(NOWHERE)
    if row.kind == Kind.BUTTON:
        _show_notice(row, notice)


def _press(conversation: Conversation, row: InboundMessage) -> str:
    """What the presser is to read; nobody else sees it."""
    profile = _profile_at(row.detail.get("presser") or conversation.address)
    if profile is None:
        return reply("utter_staff_not_linked").text
    button = resolve_button(conversation, row.detail.get("token", ""))
    match = CLAIM.match(button.payload) if button else None
    if match is None:
        return reply("utter_old_button").text
    case = Case.objects.visible_to(profile.user).filter(pk=match[1]).first()
    if case is None:
        return reply("utter_staff_no_case", case_number=match[1]).text
    try:
        _claim(case, profile.user)
    except CounsellingError as error:
        return error.user_message
    if "presser" in row.detail:
        said = reply("utter_group_claimed", case_number=case.pk, name=name_of(profile.user))
        key = f"group-claimed:{case.pk}:{row.pk}"
        queue_reply(conversation, said.text, dedupe_key=key, author=OutboundMessage.Author.SYSTEM)
    return reply("utter_staff_claimed", case_number=case.pk).text


def _claim(case: Case, user: User) -> None:
    claim_case(case, by=user)
    case.refresh_from_db()
    forward_recent(case)


def _words(conversation: Conversation, row: InboundMessage) -> None:
    profile, text = _profile_at(conversation.address), row.text.strip()
    if (code := staff_code(text)) is not None:
        linked = link_chat(code, conversation.address)
        name = "utter_staff_linked" if linked else "utter_staff_link_failed"
        return _say(conversation, row, name, name=name_of(linked.user) if linked else "")
    if profile is None:
        return _say(conversation, row, "utter_staff_not_linked")
    if UNLINK.match(text):
        unlink_chat(profile)
        return _say(conversation, row, "utter_staff_unlinked")
    if row.detail.get("reply_to"):
        return _reply(conversation, row, profile.user)
    if START.match(text):
        return _say(conversation, row, "utter_staff_is_linked", name=name_of(profile.user))
    return _help(conversation, row, profile.user)


def _reply(conversation: Conversation, row: InboundMessage, user: User) -> None:
    """The counsellor's words go to the parent as from the console; whatever hinders is said."""
    if row.kind == Kind.EDITED:
        return _say(conversation, row, "utter_staff_edited")
    if row.kind != Kind.TEXT:
        return _say(conversation, row, "utter_staff_only_words")
    message = forwarded(conversation.address, row.detail["reply_to"])
    case = case_of_forwarded(message) if message else None
    if case is None:
        return _help(conversation, row, user)
    try:
        send_reply(case, row.text.strip(), by=user, key=f"telegram-{row.pk}")
    except CounsellingError as error:
        key = f"in:{row.pk}:0"
        queue_reply(conversation, error.user_message, dedupe_key=key, inbound=row)
        return None
    # The words stand in the case; here they would outlive an erasure.
    InboundMessage.objects.filter(pk=row.pk).update(text="")
    return _say(conversation, row, "utter_staff_sent", case_number=case.pk)


def _help(conversation: Conversation, row: InboundMessage, user: User) -> None:
    cases = Case.objects.visible_to(user).filter(assignee=user).exclude(state=Case.State.CLOSED)
    lines = [
        reply(
            "utter_staff_case_line",
            case_number=case.pk,
            reason=case.get_reason_display(),
            state=case.get_state_display(),
            link=case_link(case),
        ).text
        for case in cases.order_by("pk")
    ]
    none = reply("utter_staff_no_cases").text
    _say(conversation, row, "utter_staff_help", cases="\n".join(lines) or none)


def _say(conversation: Conversation, row: InboundMessage, response: str, **values: Any) -> None:
    said = reply(response, **values)
    queue_reply(
        conversation,
        said.text,
        dedupe_key=f"in:{row.pk}:0",
        author=OutboundMessage.Author.SYSTEM,
        inbound=row,
    )


def _profile_at(address: str) -> StaffProfile | None:
    return (
        StaffProfile.objects.filter(telegram_chat=address, user__is_active=True)
        .exclude(telegram_chat="")
        .select_related("user")
        .first()
    )


def _show_notice(row: InboundMessage, text: str) -> None:
    """Nothing depends on it: Telegram takes an answer to a press for a short while only."""
    number = row.detail.get("callback_id", "")
    try:
        configured_api().call(
            lambda bot: bot.answer_callback_query(
                number, text=text[:NOTICE_CHARACTERS], show_alert=True
            )
        )
    except TelegramError as error:
        logger.info("notice_not_shown", inbound=row.pk, reason=type(error).__name__)
