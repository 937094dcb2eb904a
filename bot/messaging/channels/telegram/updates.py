"""What a Telegram update says, in our own terms. Knows the Bot API's forms and no database.

Source: https://core.telegram.org/bots/api#update
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram import ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.messaging.models import InboundMessage

Kind = InboundMessage.Kind
# What we ask Telegram for; groups are silent, so their updates are left out further down.
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
FILES = (
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video", Kind.VIDEO),
    ("video_note", Kind.VIDEO),
    ("animation", Kind.VIDEO),
    ("document", Kind.DOCUMENT),
)
OTHERS = ("poll", "dice", "game", "story", "paid_media", "checklist", "invoice")


class NotUnderstood(Exception):
    """The update has no form that the Bot API knows."""


@dataclass(frozen=True)
class Received:
    """A message or a pressed button of a private chat; of a group only what somebody presses."""

    address: str
    external_id: str
    kind: str
    text: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    is_group: bool = False


@dataclass(frozen=True)
class BlockChanged:
    """The person has blocked Mầm, or let it in again."""

    address: str
    is_blocked: bool


def read_update(raw: Any) -> Received | BlockChanged | None:
    """None: nothing for us (words in a group, a channel, a service message). Raises
    NotUnderstood.
    """
    try:
        update = Update.de_json(raw, None)
        number = int(update.update_id)
        if update.callback_query is not None:
            return _of_button(update, number)
        if update.my_chat_member is not None:
            return _of_membership(update.my_chat_member)
        message = update.message or update.edited_message
        if message is None or message.chat.type != ChatType.PRIVATE:
            return None
        if message.from_user is not None and message.from_user.is_bot:
            return None
        return _of_message(message, number, is_edited=update.edited_message is not None)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise NotUnderstood(type(error).__name__) from error


def _of_button(update: Update, number: int) -> Received | None:
    query = update.callback_query
    assert query is not None  # noqa: S101
    # Without a message the button is older than Telegram remembers; its sender's chat is private.
    chat = query.message.chat if query.message else None
    is_group = chat is not None and chat.type != ChatType.PRIVATE
    address = chat.id if chat is not None else query.from_user.id
    detail = {"token": query.data or "", "callback_id": query.id}
    if is_group:
        detail["presser"] = str(query.from_user.id)
    key = f"{number}:{query.id}"
    return Received(str(address), key, Kind.BUTTON, "", detail, is_group=is_group)


def _of_membership(change: ChatMemberUpdated) -> BlockChanged | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    status = change.new_chat_member.status
    return BlockChanged(
        str(change.chat.id), status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
    )


def _of_message(message: Message, number: int, *, is_edited: bool) -> Received | None:
    # update_id may start anew at random: with the message's own number beside it no two are alike.
    external_id = f"{number}:{message.message_id}"
    kind, detail = _content(message)
    if kind is None:
        return None
    return Received(
        str(message.chat.id),
        external_id,
        Kind.EDITED if is_edited else kind,
        message.text or message.caption or "",
        {"message_id": message.message_id, **_answered(message), **detail},
    )


def _answered(message: Message) -> dict[str, Any]:
    """The message that this one is a reply to."""
    original = message.reply_to_message
    return {"reply_to": original.message_id} if original else {}


def _content(message: Message) -> tuple[str | None, dict[str, Any]]:
    """The kind, and what is needed to fetch or show it; no kind for service messages."""
    if message.text:
        return Kind.TEXT, {}
    if message.photo:
        return Kind.PHOTO, {"file_id": message.photo[-1].file_id}
    for name, kind in FILES:
        if file := getattr(message, name):
            return kind, {"file_id": file.file_id, "name": getattr(file, "file_name", None) or ""}
    if message.sticker:
        return Kind.STICKER, {"emoji": message.sticker.emoji or ""}
    place = message.location or (message.venue.location if message.venue else None)
    if place:
        return Kind.LOCATION, {"latitude": place.latitude, "longitude": place.longitude}
    if message.contact:
        contact = message.contact
        return Kind.CONTACT, {"name": contact.first_name, "phone": contact.phone_number}
    if any(getattr(message, name, None) for name in OTHERS):
        return Kind.OTHER, {}
    return None, {}
