"""Every write on conversations, inbox and outbox."""

from bot.messaging.services.inbox import (
    finish,
    hold_back,
    receive,
    record_result,
    save_alert,
    set_aside,
)
from bot.messaging.services.outbox import queue_reply, resolve_button

__all__ = [
    "finish",
    "hold_back",
    "queue_reply",
    "receive",
    "record_result",
    "resolve_button",
    "save_alert",
    "set_aside",
]
