"""Connects Mầm with Telegram at the courier's start: by long polling, or by a webhook when there is
a public address.
"""

from __future__ import annotations

import threading
from typing import Any

import structlog
from django.conf import settings
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.messaging.channels.telegram.api import LONG_POLL_S, BotApi, Stopped, configured_api
from bot.messaging.channels.telegram.intake import take_in
from bot.messaging.channels.telegram.readiness import Readiness
from bot.messaging.channels.telegram.setup import introduce, keep_webhook
from bot.messaging.channels.telegram.updates import ALLOWED

MAX_WAIT_S = 30.0
# A server that gives the same updates again and again is not asked in a tight loop.
NOTHING_NEW_S = 0.5
logger = structlog.get_logger(__name__)


def poll(stop: threading.Event) -> None:
    """Until `stop` is set. Never raises for what Telegram does or does not answer."""
    mam, api = settings.MAM, configured_api()
    readiness = Readiness(mam.data_dir)
    readiness.forget()
    try:
        if mam.public_url:
            keep_webhook(api, mam.public_url, readiness, stop)
        else:
            Poller(api, readiness).run(stop)
    except Stopped:
        return


class Poller:
    """Asks for updates, keeps them, and only then acknowledges them."""

    def __init__(self, api: BotApi, readiness: Readiness) -> None:
        self.api, self.readiness = api, readiness
        # The number after the last update kept; None once Telegram has forgotten what came before,
        # because its numbers may begin anew at random.
        self.offset: int | None = None
        self.failures = 0

    def run(self, stop: threading.Event) -> None:
        """Raises Stopped."""
        self._leave_webhook(stop)
        introduced = False
        timeout = 0  # the first question tells at once whether Telegram answers
        while not stop.is_set():
            try:
                updates = self._fetch(timeout, stop)
            except TelegramError as error:
                stop.wait(self._failed(error, stop))
                continue
            self.failures, timeout = 0, LONG_POLL_S
            self.readiness.ready()
            if not introduced:
                introduced = introduce(self.api, stop)
            if not self._keep(updates):
                stop.wait(NOTHING_NEW_S)

    def _fetch(self, timeout: int, stop: threading.Event) -> list[Any]:
        body = {"timeout": timeout, "allowed_updates": ALLOWED}
        if self.offset is not None:
            body["offset"] = self.offset
        updates = self.api.call(
            lambda bot: bot.do_api_request("getUpdates", api_kwargs=body), stop=stop
        )
        if not isinstance(updates, list):
            raise TelegramError("getUpdates gave no list")
        return updates

    def _keep(self, updates: list[Any]) -> bool:
        """False when there were updates and we had kept every one of them before."""
        if not updates:
            self.offset = None
            return True
        new = [take_in(update) for update in updates]
        numbers = [update.get("update_id") for update in updates if isinstance(update, dict)]
        known = [number for number in numbers if isinstance(number, int)]
        self.offset = max(known) + 1 if known else None
        return any(row is not None for row in new)

    def _failed(self, error: TelegramError, stop: threading.Event) -> float:
        """Seconds until the next try."""
        self.failures += 1
        self.readiness.failed(type(error).__name__)
        logger.warning("poll_failed", reason=type(error).__name__, failures=self.failures)
        if isinstance(error, Conflict):
            self._leave_webhook(stop)
        if isinstance(error, RetryAfter):
            return float(error._retry_after.total_seconds())
        return float(min(MAX_WAIT_S, 0.25 * 2.0**self.failures))

    def _leave_webhook(self, stop: threading.Event) -> None:
        """A webhook of before would get the updates in our place."""
        try:
            self.api.call(lambda bot: bot.delete_webhook(), stop=stop)
        except TelegramError as error:
            logger.warning("webhook_not_left", reason=type(error).__name__)
