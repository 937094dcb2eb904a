"""From an update to the inbox, whether it was polled or pushed. The row is there before we
acknowledge.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings

from bot.messaging.channels.telegram.updates import (
    BlockChanged,
    NotUnderstood,
    Received,
    read_update,
)
from bot.messaging.links import staff_code
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.services import receive
from bot.staff.models import StaffProfile

CHANNELS = (Channel.TELEGRAM, Channel.STAFF)
logger = structlog.get_logger(__name__)


def take_in(raw: Any) -> InboundMessage | None:
    """Keeps what an update says; None when there is nothing new in it. Raises DatabaseError."""
    try:
        update = read_update(raw)
    except NotUnderstood as error:
        # Asking for it again would block everything behind it.
        logger.warning("update_not_understood", reason=str(error))
        return None
    if update is None:
        return None
    if isinstance(update, BlockChanged):
        found = Conversation.objects.filter(channel__in=CHANNELS, address=update.address)
        found.update(is_blocked=update.is_blocked)
        return None
    channel = _channel_of(update)
    if channel is None:
        return None
    return receive(
        channel,
        update.address,
        external_id=update.external_id,
        kind=update.kind,
        text=update.text,
        detail=update.detail,
    )


def _channel_of(update: Received) -> str | None:
    """A linked counsellor's chat and the counsellors' group are no parent's; None: a strange
    group.
    """
    if update.is_group:
        is_ours = update.address == str(settings.MAM.counsellor_chat_id)
        return Channel.STAFF if is_ours else None
    if (
        staff_code(update.text) is not None
        or StaffProfile.objects.filter(telegram_chat=update.address).exists()
    ):
        return Channel.STAFF
    return Channel.TELEGRAM
