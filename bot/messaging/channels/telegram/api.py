"""The Bot API as plain calls: python-telegram-bot on an event loop of its own, in one thread."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import Callable, Coroutine
from concurrent.futures import TimeoutError as NotYet
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LONG_POLL_S = 20
ANSWER_WITHIN_S = 15
LOOK_EVERY_S = 0.2

Bot = ExtBot[int]
Result = TypeVar("Result")

# One update that cannot be read must not cost the others, so they are fetched unread (polling.py).
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)


class Stopped(Exception):
    """The caller was told to stop while it waited for Telegram."""


class BotApi:
    """Thread-safe. Raises telegram.error.TelegramError as the library does."""

    def __init__(self, token: str, base_url: str) -> None:
        # A proxy of the environment is for the world outside, never for a server on this machine.
        trusts = urlsplit(base_url).hostname not in LOOPBACK
        request, updates = (
            HTTPXRequest(
                connection_pool_size=size,
                read_timeout=read,
                connect_timeout=5,
                pool_timeout=5,
                httpx_kwargs={"trust_env": trusts},
            )
            for size, read in ((16, ANSWER_WITHIN_S), (2, LONG_POLL_S + 10))
        )
        self._bot: Bot = ExtBot(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=request,
            get_updates_request=updates,
            rate_limiter=AIORateLimiter(),
        )
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True).start()

    def call(
        self,
        make: Callable[[Bot], Coroutine[Any, Any, Result]],
        *,
        stop: threading.Event | None = None,
    ) -> Result:
        """Runs `make(bot)` to its end. Raises Stopped when `stop` is set before that."""
        future = asyncio.run_coroutine_threadsafe(make(self._bot), self._loop)
        while True:
            try:
                return future.result(LOOK_EVERY_S if stop else None)
            except NotYet:
                if future.done():
                    raise
                if stop is not None and stop.is_set():
                    future.cancel()
                    raise Stopped from None


@lru_cache(maxsize=1)
def configured_api() -> BotApi:
    """The one of this process, for the token that is set."""
    mam = settings.MAM
    assert mam.telegram_token  # noqa: S101 - callers look first
    return BotApi(mam.telegram_token, mam.telegram_api)
