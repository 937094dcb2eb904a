"""Danger first: each message is screened, and an urgent one answered here, without Rasa and before
consent.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache

import numpy as np
import structlog
from django.utils import timezone

from bot.courier.aftermath import (
    answer_after_alarm,
    answers_us,
    last_words_of_ours,
    note_answer,
)
from bot.courier.alarm import raise_alarm
from bot.courier.commands import as_plain_text, words_after_command
from bot.messaging.links import linked_article
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import save_alert
from bot.nlu.encoder import encode
from bot.nlu.screen import Screen
from bot.nlu.screen.alert import CLASSIFIER
from bot.nlu.views import to_encode
from bot.programme.cards import card_for

REMEMBERED = timedelta(hours=1)
REMEMBERED_MESSAGES = 3
logger = structlog.get_logger(__name__)


# The encoder runs outside Python's lock: words are looked at meanwhile, on another core.
_encoding = ThreadPoolExecutor(1, thread_name_prefix="encode")


def vector_of(text: str) -> np.ndarray:
    """The sentence vector of a message; the danger lane and the conversation's turn share one
    encoding.
    """
    try:
        return _begin_to_encode(text).result()
    except Exception:
        # What failed once may be tried again.
        _begin_to_encode.cache_clear()
        raise


@lru_cache(maxsize=128)
def _begin_to_encode(text: str) -> Future[np.ndarray]:
    # Read here, once: the screen asks for the same line.
    return _encoding.submit(encode, to_encode(text))


def screen_and_answer(screen: Screen, row: InboundMessage) -> bool:
    """Screens a row, and answers it here when it is urgent or belongs to an alarm before it. True:
    it needs nothing more.
    """
    if row.conversation.channel == Channel.STAFF:
        return False
    _screen_row(screen, row)
    if not (row.alert and row.alert["urgent"]):
        return answer_after_alarm(row)
    note_answer(row)
    if raise_alarm(row.conversation, row):
        logger.info("danger_answered", inbound=row.pk, label=row.alert["label"])
    return True


def _screen_row(screen: Screen, row: InboundMessage) -> None:
    """Judges a row once and keeps the alert (with its card's slug) on it."""
    if row.is_screened:
        return
    words = "" if linked_article(row.text) else words_after_command(row.text)
    if not words.strip():
        save_alert(row, None)
        return
    plain = as_plain_text(words)
    _begin_to_encode(plain)
    alert = screen.judge(
        words,
        child_months=_youngest(row.conversation),
        before=_before(row),
        answers_danger=last_words_of_ours(row) == reply("utter_danger_check").text,
        vector=lambda: vector_of(plain),
    )
    # Words alone make no alarm of the answer to our question about one.
    is_answer = alert is not None and alert.rule == CLASSIFIER and alert.urgent and answers_us(row)
    if alert is None or is_answer:
        save_alert(row, None)
        return
    data = screen.explain(words, alert).as_dict()
    card = card_for(data)
    save_alert(row, {**data, "card": card.slug if card else None})


def _youngest(conversation: Conversation) -> int | None:
    """The age that asks for most care: the youngest child's, in completed months."""
    children = conversation.family.children.all() if conversation.family else []
    ages = [age for child in children if (age := child.age_months()) is not None]
    return min(ages, default=None)


def _before(row: InboundMessage) -> list[str]:
    """The parent's last messages within the hour, oldest first."""
    rows = (
        InboundMessage.objects.filter(
            conversation=row.conversation,
            pk__lt=row.pk,
            received_at__gt=timezone.now() - REMEMBERED,
        )
        .exclude(text="")
        .order_by("-pk")[:REMEMBERED_MESSAGES]
    )
    return list(rows.values_list("text", flat=True))[::-1]
