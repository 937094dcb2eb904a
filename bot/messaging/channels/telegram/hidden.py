"""What a notification on a telephone must not show: where somebody may be reading along, all but
the first lines of a message are hidden until they are touched (Telegram's "spoiler").
"""

from __future__ import annotations

from telegram import MessageEntity

from bot.messaging.models import OutboundMessage
from bot.nlu.screen.alert import PRIVATE

# Ends the neutral words with which such a message begins.
REST = "\n\n"


def hidden_parts(message: OutboundMessage, piece: str) -> list[MessageEntity]:
    """Of a piece of an answer about violence, abuse or self-harm all after the first blank line;
    of a later piece all; else nothing.
    """
    if not _is_private(message):
        return []
    begin = piece.find(REST) + len(REST) if message.text.startswith(piece) and REST in piece else 0
    if not begin and message.text.startswith(piece):
        return []
    before, hidden = units(piece[:begin]), units(piece[begin:])
    return [MessageEntity(MessageEntity.SPOILER, before, hidden)] if hidden else []


def _is_private(message: OutboundMessage) -> bool:
    """Whether it answers an alarm of that kind, or what was said after one."""
    asked = message.inbound
    if asked is None or message.author != OutboundMessage.Author.ASSISTANT:
        return False
    return (asked.alert or {}).get("label") in PRIVATE or bool(asked.result.get("private"))


def units(text: str) -> int:
    """The length of a text as Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
