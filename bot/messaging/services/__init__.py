"""Every write on conversations, inbox and outbox."""

from bot.messaging.services.inbox import (
    add_to_alert,
    finish,
    hold_back,
    join,
    receive,
    record_result,
    replace_text,
    save_alert,
    set_aside,
)
from bot.messaging.services.outbox import queue_reply, resolve_button

__all__ = [
    "add_to_alert",
    "finish",
    "hold_back",
    "join",
    "queue_reply",
    "receive",
    "record_result",
    "replace_text",
    "resolve_button",
    "save_alert",
    "set_aside",
]
