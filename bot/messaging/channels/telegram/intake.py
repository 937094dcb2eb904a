"""From an update to the inbox, whether it was polled or pushed. The row is there before we
acknowledge.
"""

from __future__ import annotations

from typing import Any

import structlog

from bot.messaging.channels.telegram.updates import BlockChanged, NotUnderstood, read_update
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.services import receive

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
        found = Conversation.objects.filter(channel=Channel.TELEGRAM, address=update.address)
        found.update(is_blocked=update.is_blocked)
        return None
    return receive(
        Channel.TELEGRAM,
        update.address,
        external_id=update.external_id,
        kind=update.kind,
        text=update.text,
        detail=update.detail,
    )
