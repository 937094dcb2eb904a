"""Shows a parent that the counsellor types: Telegram's sign; `typing_until` for the web chat."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils import timezone
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.counselling.models import Presence
from bot.counselling.services.records import HELD
from bot.messaging.models import Channel, Conversation, OutboundMessage

LOOK_EVERY_S = 1.0
# What was typed longer ago says nothing; Telegram's own sign goes after five seconds.
TYPED_WITHIN = timedelta(seconds=6)
SHOWN_EVERY = timedelta(seconds=5)
logger = structlog.get_logger(__name__)


def show_typing(stop: threading.Event) -> None:
    """Until `stop` is set. Nothing depends on it."""
    sign = TypingSign()
    while not stop.wait(LOOK_EVERY_S):
        sign.show(timezone.now())


class TypingSign:
    """Remembers which chats were shown the sign, and when."""

    def __init__(self) -> None:
        self._shown: dict[int, datetime] = {}

    def show(self, now: datetime) -> list[int]:
        """Shows the sign where the holder of a case types; returns the chats' ids."""
        self._shown = {pk: at for pk, at in self._shown.items() if now - at < SHOWN_EVERY}
        shown = []
        for presence in _typing(now):
            conversation = presence.case.conversation
            assert presence.typed_at is not None  # noqa: S101
            assert conversation is not None  # noqa: S101
            until = presence.typed_at + TYPED_WITHIN
            if _has_spoken_since(conversation, presence):
                until = now
            if conversation.typing_until != until:
                Conversation.objects.filter(pk=conversation.pk).update(typing_until=until)
            if until > now and conversation.pk not in self._shown:
                self._shown[conversation.pk] = now
                shown.append(conversation.pk)
                _show_in_telegram(conversation)
        return shown


def _typing(now: datetime) -> list[Presence]:
    """Of each held case, the holder's presence when they have typed just now."""
    rows = Presence.objects.filter(
        typed_at__gt=now - TYPED_WITHIN,
        case__state__in=HELD,
        case__conversation__isnull=False,
    ).select_related("case__conversation")
    return [row for row in rows if row.case.assignee_id == row.user_id]


def _has_spoken_since(conversation: Conversation, presence: Presence) -> bool:
    return OutboundMessage.objects.filter(
        conversation=conversation,
        author=OutboundMessage.Author.COUNSELLOR,
        created_at__gte=presence.typed_at,
    ).exists()


def _show_in_telegram(conversation: Conversation) -> None:
    if conversation.channel != Channel.TELEGRAM or not settings.MAM.telegram_token:
        return
    from bot.messaging.channels.telegram.api import configured_api

    try:
        configured_api().call(
            lambda bot: bot.send_chat_action(conversation.address, ChatAction.TYPING)
        )
    except TelegramError as error:
        logger.info("typing_not_shown", conversation=conversation.pk, reason=type(error).__name__)
