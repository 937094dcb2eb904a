"""Shows a parent on Telegram that Mầm is at it: the typing sign, and a pressed button's spinner
ends.
"""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog
from django.db.models import Max
from django.utils import timezone
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.counselling.services import is_held
from bot.messaging.changes import Changes
from bot.messaging.channels.telegram.api import BotApi, configured_api
from bot.messaging.models import Channel, InboundMessage

IDLE_S = 0.5
# What is older was shown by the courier of before, or is not worth showing any more.
FRESH = timedelta(seconds=15)
logger = structlog.get_logger(__name__)


def show_presence(stop: threading.Event) -> None:
    """Until `stop` is set. Nothing depends on it: what Telegram refuses is left."""
    api, changes = configured_api(), Changes()
    rows = InboundMessage.objects.filter(conversation__channel=Channel.TELEGRAM)
    fresh = rows.filter(received_at__lt=timezone.now() - FRESH)
    last = fresh.aggregate(last=Max("pk"))["last"] or 0
    while not stop.is_set():
        for row in rows.filter(pk__gt=last).select_related("conversation").order_by("pk"):
            last = row.pk
            _show(api, row)
        changes.wait(IDLE_S)


def _show(api: BotApi, row: InboundMessage) -> None:
    try:
        if row.kind == InboundMessage.Kind.BUTTON:
            api.call(lambda bot: bot.answer_callback_query(row.detail["callback_id"]))
        elif row.state == InboundMessage.State.NEW and not is_held(row.conversation):
            api.call(lambda bot: bot.send_chat_action(row.conversation.address, ChatAction.TYPING))
    except (TelegramError, KeyError) as error:
        logger.info("presence_not_shown", inbound=row.pk, reason=type(error).__name__)
