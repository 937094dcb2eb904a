"""Sends outbox rows by the Bot API, and says what went wrong in the channels' own terms."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.messaging.channels.errors import Blocked, Doubtful, Refused, RetryLater
from bot.messaging.channels.telegram.api import BotApi
from bot.messaging.channels.telegram.hidden import hidden_parts, units
from bot.messaging.models import Conversation, OutboundMessage
from bot.programme.pictures import all_pictures

# Telegram counts UTF-16 units and takes 4096; a little less leaves room for what it adds.
PIECE_UNITS = 4000
TWO_IN_A_ROW = 18
GONE = re.compile(r"chat not found|user is deactivated|bot was (?:blocked|kicked)", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TOKEN_WAIT_S = 30.0
CAPTION_CHARACTERS = 1000
KNOWN_FORMS = {"photo": "photo", "voice": "voice", "video": "video"}


class TelegramSender:
    """`send` is thread-safe."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    def send(self, message: OutboundMessage) -> str:
        """Sends what is left of a message; gives the number of its last part. Raises SendError."""
        chat = message.conversation.address
        pieces = split_text(message.text) if not message.attachment else [message.text]
        last = ""
        for number, piece in enumerate(pieces):
            if number < message.pieces_sent:
                continue
            is_last = number == len(pieces) - 1
            keyboard = _keyboard(message.buttons) if is_last and message.buttons else None
            last = self._send_piece(message, chat, piece, keyboard)
            OutboundMessage.objects.filter(pk=message.pk).update(pieces_sent=number + 1)
        return last

    def _send_piece(
        self, message: OutboundMessage, chat: str, piece: str, keyboard: InlineKeyboardMarkup | None
    ) -> str:
        try:
            if message.attachment and "file_id" in message.attachment:
                sent = self._send_known(message.attachment, chat, piece, keyboard)
            elif message.attachment and "picture" in message.attachment:
                content = _picture(message.attachment["picture"])
                sent = self._api.call(
                    lambda bot: bot.send_photo(
                        chat, content, caption=piece or None, reply_markup=keyboard
                    )
                )
            elif message.attachment:
                path = Path(settings.MAM.data_dir) / message.attachment["path"]
                name = message.attachment["name"]
                if not path.is_file():
                    raise Refused("the file is gone")
                content = path.read_bytes()
                sent = self._api.call(
                    lambda bot: bot.send_document(
                        chat, content, filename=name, caption=piece or None, reply_markup=keyboard
                    )
                )
            else:
                hidden = hidden_parts(message, piece)
                sent = self._api.call(
                    lambda bot: bot.send_message(
                        chat, piece, reply_markup=keyboard, entities=hidden or None
                    )
                )
        except TelegramError as error:
            raise _as_ours(error, message) from error
        return str(sent.message_id)

    def _send_known(
        self,
        attachment: dict[str, str],
        chat: str,
        caption: str,
        keyboard: InlineKeyboardMarkup | None,
    ) -> Message:
        """A file that Telegram has already, in the form in which it came."""
        form = KNOWN_FORMS.get(attachment["kind"], "document")
        parameters: dict[str, Any] = {
            "chat_id": chat,
            form: attachment["file_id"],
            "caption": caption[:CAPTION_CHARACTERS] or None,
            "reply_markup": keyboard,
        }
        sent: Message = self._api.call(lambda bot: getattr(bot, f"send_{form}")(**parameters))
        return sent


def _picture(name: str) -> bytes:
    picture = all_pictures().get(name)
    if picture is None or not picture.png.is_file():
        raise Refused("the picture is gone")
    return picture.png.read_bytes()


def split_text(text: str, limit: int = PIECE_UNITS) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, cut at the ends of sentences where there are any."""
    if units(text) <= limit:
        return [text]
    pieces: list[str] = []
    current = ""
    for part in _parts(text, limit):
        if current and units(current) + units(part) > limit:
            pieces.append(current.strip())
            current = ""
        current += part
    pieces.append(current.strip())
    return [piece for piece in pieces if piece]


def _parts(text: str, limit: int) -> list[str]:
    """Sentences with the white space after them; one that is too long by itself is cut at words."""
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    parts: list[str] = []
    for start, end in itertools.pairwise(ends):
        sentence = text[start:end]
        while units(sentence) > limit:
            cut = sentence.rfind(" ", 0, limit // 2) + 1 or limit // 2
            parts.append(sentence[:cut])
            sentence = sentence[cut:]
        parts.append(sentence)
    return parts


def _keyboard(buttons: Sequence[dict[str, str]]) -> InlineKeyboardMarkup:
    """Short titles stand two in a row, so that a phone shows them whole."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        key = InlineKeyboardButton(
            button["title"], url=button.get("url"), callback_data=button.get("token")
        )
        beside = rows[-1] if rows else []
        if (
            len(beside) == 1
            and len(str(beside[0].text)) <= TWO_IN_A_ROW
            and len(button["title"]) <= TWO_IN_A_ROW
        ):
            beside.append(key)
        else:
            rows.append([key])
    return InlineKeyboardMarkup(rows)


def _as_ours(error: TelegramError, message: OutboundMessage) -> Exception:
    if isinstance(error, RetryAfter):
        return RetryLater(error._retry_after.total_seconds())
    if isinstance(error, ChatMigrated):
        # The counsellors' group became a supergroup: it has a new number from now on.
        Conversation.objects.filter(pk=message.conversation_id).update(
            address=str(error.new_chat_id)
        )
        return RetryLater(1.0)
    if isinstance(error, InvalidToken | Conflict):
        return RetryLater(TOKEN_WAIT_S)
    if isinstance(error, Forbidden) or GONE.search(error.message):
        return Blocked()
    if isinstance(error, BadRequest):
        return Refused("bad request")
    if isinstance(error, TimedOut | NetworkError):
        return RetryLater() if isinstance(error.__cause__, NOT_SENT) else Doubtful()
    # An answer that is no JSON: the message may be there or not.
    return Doubtful()
