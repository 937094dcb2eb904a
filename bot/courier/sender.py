"""Drains the outbox: in order within a conversation, conversations side by side, with patience and
back-off.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from bot.messaging.channels.errors import Blocked, Doubtful, Refused, RetryLater
from bot.messaging.models import Conversation, OutboundMessage

LEASE_S = 60
MAX_ATTEMPTS = 8
State = OutboundMessage.State
logger = structlog.get_logger(__name__)

Send = Callable[[OutboundMessage], str]


def lease_due(limit: int) -> list[OutboundMessage]:
    """Takes the first unsent message of some conversations. A lease that ran out counts as a
    doubtful attempt.
    """
    now = timezone.now()
    unsent = OutboundMessage.objects.filter(state__in=(State.PENDING, State.SENDING))
    earlier = unsent.filter(conversation=OuterRef("conversation"), pk__lt=OuterRef("pk"))
    free = Q(state=State.PENDING, next_attempt_at__lte=now) | Q(
        state=State.SENDING, leased_until__lt=now
    )
    due = unsent.filter(free).exclude(Exists(earlier)).order_by("pk")[:limit]
    taken = []
    for message in due:
        was = message.state
        doubtful = 1 if was == State.SENDING else 0
        claimed = (
            OutboundMessage.objects.filter(pk=message.pk, state=was)
            .filter(free)
            .update(
                state=State.SENDING,
                attempts=F("attempts") + 1,
                doubtful_attempts=F("doubtful_attempts") + doubtful,
                leased_until=now + timedelta(seconds=LEASE_S),
            )
        )
        if claimed:
            message.refresh_from_db()
            taken.append(message)
    return taken


def deliver(message: OutboundMessage, send: Send) -> None:
    """Sends one leased message and records what became of it."""
    if message.conversation.is_blocked:
        return _fail(message, "blocked")
    try:
        external_id = send(message)
    except RetryLater as error:
        wait = error.seconds if error.seconds is not None else min(300.0, 2.0**message.attempts)
        return _again(message, wait, "retry later", counts=error.seconds is None)
    except Doubtful:
        OutboundMessage.objects.filter(pk=message.pk).update(
            doubtful_attempts=F("doubtful_attempts") + 1
        )
        return _again(message, min(300.0, 2.0**message.attempts), "doubtful", counts=True)
    except Blocked:
        Conversation.objects.filter(pk=message.conversation_id).update(is_blocked=True)
        return _fail(message, "blocked")
    except Refused as error:
        return _fail(message, str(error) or "refused")
    OutboundMessage.objects.filter(pk=message.pk).update(
        state=State.SENT,
        external_id=external_id,
        sent_at=timezone.now(),
        leased_until=None,
        error="",
    )
    return None


def _again(message: OutboundMessage, seconds: float, error: str, *, counts: bool) -> None:
    if counts and message.attempts >= MAX_ATTEMPTS:
        return _fail(message, error)
    OutboundMessage.objects.filter(pk=message.pk).update(
        state=State.PENDING,
        next_attempt_at=timezone.now() + timedelta(seconds=seconds),
        leased_until=None,
        error=error,
    )
    logger.info("send_again", outbound=message.pk, seconds=seconds, attempts=message.attempts)
    return None


def _fail(message: OutboundMessage, error: str) -> None:
    OutboundMessage.objects.filter(pk=message.pk).update(
        state=State.FAILED, leased_until=None, error=error[:200]
    )
    logger.warning("send_failed", outbound=message.pk, reason=error)
