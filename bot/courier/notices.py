"""What a person hears when a message is not handled as usual: too many at once, Rasa away, a
fault of ours.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from bot.counselling.services import is_held
from bot.courier.rasa import RasaFailed
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import hold_back, queue_reply, set_aside

# With waits of 1, 2, 4 … s: about two minutes, in which every process of ours is back.
MAX_FAILURES = 8
FLOOD_MESSAGES, FLOOD_S = 12, 30

logger = structlog.get_logger(__name__)


def tell_flood(conversation: Conversation, first: InboundMessage) -> None:
    """Asks once, kindly, to write slower; who holds a case judges for themselves."""
    now = timezone.now()
    recent = conversation.inbound.filter(received_at__gt=now - timedelta(seconds=FLOOD_S)).count()
    told = conversation.flood_told_at
    if (
        conversation.channel == Channel.TERMINAL
        or recent <= FLOOD_MESSAGES
        or (told and now - told < timedelta(seconds=4 * FLOOD_S))
        or is_held(conversation)
    ):
        return
    with transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(flood_told_at=now)
        queue_reply(
            conversation,
            reply("utter_slow_down").text,
            dedupe_key=f"flood:{first.pk}",
            inbound=first,
        )
    conversation.flood_told_at = now


def tell_outage(conversation: Conversation, first: InboundMessage) -> None:
    """One honest notice an outage: not again before something was answered."""
    last = conversation.outage_told_at
    if last is not None and (
        conversation.last_reply_at is None or last >= conversation.last_reply_at
    ):
        return
    now = timezone.now()
    with transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(outage_told_at=now)
        said = reply("utter_outage")
        queue_reply(conversation, said.text, dedupe_key=f"outage:{first.pk}", inbound=None)
    conversation.outage_told_at = now


def fail(
    conversation: Conversation,
    first: InboundMessage,
    error: Exception,
    said: str = "utter_set_aside",
) -> None:
    """Tries a row again later; after so many times it is set aside, and the person is told."""
    name = type(error).__name__ if not isinstance(error, RasaFailed) else str(error)
    logger.error("message_failed", inbound=first.pk, attempts=first.attempts + 1, exc_info=error)
    if first.attempts + 1 >= MAX_FAILURES:
        with transaction.atomic():
            set_aside(first, error=name)
            words = reply(said)
            queue_reply(
                conversation,
                words.text,
                dedupe_key=f"aside:{first.pk}",
                buttons=words.buttons,
                inbound=first,
            )
        first.state = InboundMessage.State.SET_ASIDE
        return
    hold_back(first, seconds=2.0**first.attempts, error=name)
