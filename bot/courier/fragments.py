"""Pieces of one sentence sent one after the other: a short rest is read with the message before it."""  # noqa: E501

from __future__ import annotations

import re
from datetime import timedelta

from bot.courier.commands import intent_of_command
from bot.messaging.models import Conversation, InboundMessage
from bot.nlu.normalise import fold

FRAGMENT_S = 2.0
FRAGMENT_WORDS = 6
# A piece of the sentence before: it begins with a joining word, or is a bare number with its unit.
FRAGMENT = re.compile(
    r"^(?:va|voi|ma|nhung|con|thi|kem|cong|tu|hoi|khoang|luc|vi|do|sau|truoc|nua|nay|suot|ca)\b"
    r"|^\d+(?:[.,]\d+)?\s*(?:do|thang|tuoi|tuan|ngay|gio|kg|lan|th|t|m)?\b[\w\s]{0,12}$"
)


def fragment_of(conversation: Conversation, first: InboundMessage) -> str | None:
    """The text before, when this is a short piece of it that came within two seconds of the reply."""  # noqa: E501
    last_reply = conversation.last_reply_at
    words = first.text.split()
    if (
        last_reply is None
        or len(words) > FRAGMENT_WORDS
        or not FRAGMENT.match(fold(first.text.strip()))
    ):
        return None
    if not timedelta(0) <= first.received_at - last_reply <= timedelta(seconds=FRAGMENT_S):
        return None
    before = conversation.inbound.filter(pk__lt=first.pk).order_by("-pk").first()
    if before is None or before.kind != InboundMessage.Kind.TEXT or intent_of_command(before.text):
        return None
    return before.text
