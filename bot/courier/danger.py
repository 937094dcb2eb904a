"""Danger first: each message is screened, and an urgent one answered here, without Rasa and before
consent.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import numpy as np
import structlog
from django.db import transaction
from django.utils import timezone

from bot.counselling.services import forward_to_holder, is_held, open_case
from bot.courier.commands import as_plain_text, words_after_command
from bot.messaging.links import linked_article
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import finish, queue_reply, save_alert
from bot.nlu.encoder import encode
from bot.nlu.screen import Screen
from bot.nlu.views import to_encode
from bot.programme.cards import Card, card_for
from bot.programme.pictures import pictures_of

REMEMBERED = timedelta(hours=1)
# The same card again within this time is named in one line, not sent whole.
CARD_FRESH = timedelta(minutes=15)
logger = structlog.get_logger(__name__)


@lru_cache(maxsize=128)
def vector_of(text: str) -> np.ndarray:
    """The sentence vector of a message; the danger lane and the conversation's turn share one
    encoding.
    """
    return encode(to_encode(text))


def screen_and_answer(screen: Screen, row: InboundMessage) -> bool:
    """Screens a row, and answers it here when it is urgent. True: it needs nothing more."""
    if row.conversation.channel == Channel.STAFF:
        return False
    _screen_row(screen, row)
    if not (row.alert and row.alert["urgent"]):
        return False
    if _answer_urgent(row.conversation, row):
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
    alert = screen.judge(
        words,
        child_months=_youngest(row.conversation),
        before=_before(row),
        vector=lambda: vector_of(as_plain_text(words)),
    )
    if alert is None:
        save_alert(row, None)
        return
    data = alert.as_dict()
    card = card_for(data)
    save_alert(row, {**data, "card": card.slug if card else None})


def _answer_urgent(conversation: Conversation, row: InboundMessage) -> bool:
    """The card at once, the case opened or raised; all in one transaction with the row's end.
    False: another lane or courier has done it.
    """
    assert row.alert is not None  # noqa: S101
    with transaction.atomic():
        if not finish([row]):
            return False
        held = is_held(conversation)
        case, _ = open_case(conversation, reason=row.alert["label"], alert=row.alert, raised_by=row)
        if held:
            forward_to_holder(case, row)
            return True
        card = card_for(row.alert)
        texts: list[str] = []
        is_whole = card is not None and not _was_just_sent(row, card)
        if card is None or not is_whole:
            texts.append(reply(f"utter_still_{row.alert['label']}").text)
        else:
            texts += [part for part in (card.body, _titled("utter_card_dont", card.dont)) if part]
            if card.meanwhile:
                texts.append(_titled("utter_card_meanwhile", card.meanwhile))
        if "medical_emergency" in row.alert["also"] or (
            row.alert["label"] == "self_harm" and "medicine_overdose" in row.alert["signs"]
        ):
            texts.append(reply("utter_also_115").text)
        texts.append(reply("utter_urgent_case", case_number=case.pk).text)
        for number, text in enumerate(texts):
            queue_reply(conversation, text, dedupe_key=f"in:{row.pk}:{number}", inbound=row)
        # The words first: a picture takes longer on a weak network.
        if card is not None and is_whole:
            for picture in pictures_of(card.slug)[:1]:
                queue_reply(
                    conversation,
                    picture.title,
                    dedupe_key=f"in:{row.pk}:picture",
                    inbound=row,
                    attachment=picture.as_attachment(),
                )
    return True


def _youngest(conversation: Conversation) -> int | None:
    """The age that asks for most care: the youngest child's, in completed months."""
    children = conversation.family.children.all() if conversation.family else []
    ages = [age for child in children if (age := child.age_months()) is not None]
    return min(ages, default=None)


def _titled(name: str, text: str) -> str:
    return reply(name, text=text).text if text else ""


def _was_just_sent(row: InboundMessage, card: Card) -> bool:
    earlier = InboundMessage.objects.filter(
        conversation=row.conversation, pk__lt=row.pk, received_at__gt=timezone.now() - CARD_FRESH
    )
    return any(
        (alert or {}).get("card") == card.slug for alert in earlier.values_list("alert", flat=True)
    )


def _before(row: InboundMessage) -> list[str]:
    """The parent's last messages within the hour, oldest first."""
    rows = InboundMessage.objects.filter(
        conversation=row.conversation,
        pk__lt=row.pk,
        received_at__gt=timezone.now() - REMEMBERED,
    ).order_by("-pk")[:3]
    return [text for text in rows.values_list("text", flat=True) if text][::-1]
