"""What the courier expects of a channel. A channel sends; it never judges what a message says.

The coroutines run in the courier's event loop: Django's queries there go through `sync_to_async`.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from bot.messaging.models import Conversation, OutboundMessage


class ChannelError(Exception):
    """ChannelError
    ├── RetryLater   nothing was sent; the other side asks to wait
    ├── Blocked      the parent does not want our messages any more
    ├── Refused      this message will never be accepted
    └── Doubtful     it may have been sent, we never heard
    """


class RetryLater(ChannelError):
    """`seconds` is what the other side asked for; None: our own back-off."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class Blocked(ChannelError):
    """The chat is closed to us."""


class Refused(ChannelError):
    """Permanent; `reason` goes to the row's error, so it holds no words of a parent and no token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Doubtful(ChannelError):
    """Sent or not: unknown. It is sent again, and counted."""


class Channel(Protocol):
    """One sender for all conversations of a channel; `name` is a value of `models.Channel`."""

    name: str

    async def start(self) -> None:
        """Opens connections. Called once, before the first `send`."""

    async def run(self, stop: asyncio.Event) -> None:
        """Receives until `stop` is set (polling); returns at once where nothing has to be fetched."""

    async def send(self, message: OutboundMessage) -> str:
        """Sends a row (its `conversation` is loaded) and returns the channel's id of it. Raises ChannelError."""

    async def typing(self, conversation: Conversation) -> None:
        """Shows that an answer is being written. Raises nothing that matters to the answer."""

    async def stop(self) -> None:
        """Closes connections."""
