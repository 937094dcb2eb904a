"""The courier's process: a dispatcher, threads for conversations and for sending, the schedule,
Telegram's poll.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from bot.counselling.services import read_for_search
from bot.courier.batch import BatchHandler
from bot.courier.danger import screen_and_answer
from bot.courier.heartbeat import beat
from bot.courier.outage import Outage, ask_again
from bot.courier.rasa import RasaClient
from bot.courier.schedule import run_due
from bot.courier.sender import Send, deliver, lease_due
from bot.courier.typing_sign import show_typing
from bot.messaging.changes import Changes
from bot.messaging.models import Conversation, InboundMessage, OutboundMessage
from bot.nlu.screen import Screen

WORKERS = 8
LEASE_S = 20
RENEW_EVERY_S = 5
IDLE_S = 0.5
SEARCH_EVERY_S = 1
logger = structlog.get_logger(__name__)


class Courier:
    """`run()` until `stop` is set. Any number of couriers may run on PostgreSQL."""

    def __init__(
        self,
        *,
        rasa_url: str,
        actions_url: str | None,
        token: str,
        models: Path,
        stop: threading.Event,
    ) -> None:
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.stop = stop
        self.screen = Screen.load(models)
        self.outage = Outage(rasa_url, token, actions_url)
        self.handler = BatchHandler(self.screen, RasaClient(rasa_url, token), self.outage)
        self.busy: set[int] = set()
        self.lock = threading.Lock()

    def run(self) -> None:
        """Works until stopped; leases are given back at the end."""
        jobs: list[Callable[[], None]] = [
            self._dispatch,
            self._watch_danger,
            self._send,
            self._schedule,
            self._read_for_search,
            lambda: show_typing(self.stop),
        ]
        if connection.vendor == "sqlite":
            # One courier alone works on SQLite: a lease that is there belongs to one that was
            # killed.
            Conversation.objects.exclude(leased_by="").update(leased_by="", leased_until=None)
        if settings.MAM.telegram_token:
            from bot.courier.presence import show_presence
            from bot.messaging.channels.telegram.polling import poll

            jobs += [lambda: poll(self.stop), lambda: show_presence(self.stop)]
        threads = [threading.Thread(target=self._guard, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        Conversation.objects.filter(leased_by=self.name).update(leased_by="", leased_until=None)

    def _guard(self, job: Callable[[], None]) -> None:
        """A part that fails is begun again; the database may be away for a while."""
        while not self.stop.is_set():
            try:
                job()
            except Exception as error:
                logger.error("courier_part_failed", exc_info=error)
                connection.close()
                self.stop.wait(1)

    def _dispatch(self) -> None:
        changes = Changes()
        renewed = time.monotonic()
        with ThreadPoolExecutor(WORKERS) as pool:
            while not self.stop.is_set():
                beat(settings.MAM.data_dir)
                if self.outage.is_over():
                    logger.info("outage_over", waiting=ask_again())
                for conversation in self._claim():
                    pool.submit(self._work, conversation)
                if time.monotonic() - renewed > RENEW_EVERY_S:
                    renewed = time.monotonic()
                    until = timezone.now() + timedelta(seconds=LEASE_S)
                    Conversation.objects.filter(leased_by=self.name).update(leased_until=until)
                changes.wait(IDLE_S)

    def _watch_danger(self) -> None:
        """Screens what comes in whoever else is busy: danger never waits for its turn."""
        changes = Changes()
        new = InboundMessage.objects.filter(state=InboundMessage.State.NEW, is_screened=False)
        while not self.stop.is_set():
            for row in new.select_related("conversation__family").order_by("pk")[:32]:
                try:
                    screen_and_answer(self.screen, row)
                except Exception as error:
                    logger.error("screen_failed", inbound=row.pk, exc_info=error)
            changes.wait(IDLE_S)

    def _claim(self) -> list[Conversation]:
        now = timezone.now()
        free = Q(leased_until=None) | Q(leased_until__lt=now)
        waiting = InboundMessage.objects.filter(
            state=InboundMessage.State.NEW, next_attempt_at__lte=now
        )
        ids = waiting.order_by("pk").values_list("conversation_id", flat=True)[: WORKERS * 4]
        claimed = []
        for pk in dict.fromkeys(ids):
            with self.lock:
                if pk in self.busy or len(self.busy) >= WORKERS:
                    continue
            lease = {"leased_by": self.name, "leased_until": now + timedelta(seconds=LEASE_S)}
            if Conversation.objects.filter(free, pk=pk).update(**lease):
                with self.lock:
                    self.busy.add(pk)
                claimed.append(Conversation.objects.select_related("family").get(pk=pk))
        return claimed

    def _work(self, conversation: Conversation) -> None:
        pk = conversation.pk
        try:
            self.handler.handle(conversation)
        except Conversation.DoesNotExist:
            logger.info("conversation_erased", conversation=pk)
        except Exception as error:
            logger.error("conversation_failed", conversation=pk, exc_info=error)
            time.sleep(0.5)
        finally:
            try:
                mine = Conversation.objects.filter(pk=pk, leased_by=self.name)
                mine.update(leased_by="", leased_until=None)
            except OperationalError as error:
                logger.error("lease_not_returned", conversation=pk, exc_info=error)
            close_old_connections()
            with self.lock:
                self.busy.discard(pk)

    def _send(self) -> None:
        if not settings.MAM.telegram_token:
            self.stop.wait()
            return
        from bot.messaging.channels.telegram.api import configured_api
        from bot.messaging.channels.telegram.sender import TelegramSender

        sender = TelegramSender(configured_api())
        changes = Changes()
        with ThreadPoolExecutor(WORKERS) as pool:
            while not self.stop.is_set():
                for message in lease_due(WORKERS):
                    pool.submit(self._deliver, message, sender.send)
                changes.wait(IDLE_S)

    def _deliver(self, message: OutboundMessage, send: Send) -> None:
        try:
            deliver(message, send)
        except Exception as error:
            logger.error("delivery_failed", outbound=message.pk, exc_info=error)
        finally:
            close_old_connections()

    def _read_for_search(self) -> None:
        """Beside the rest: after an upgrade there is much to read."""
        while not self.stop.wait(SEARCH_EVERY_S):
            read_for_search()

    def _schedule(self) -> None:
        while not self.stop.wait(min(5.0, 60.0 / settings.MAM.fast_time)):
            run_due()


def main() -> None:
    """Runs until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    mam = settings.MAM
    courier = Courier(
        rasa_url=mam.rasa_url or "",
        actions_url=mam.actions_url,
        token=mam.inner_token,
        models=Path("models").resolve(),
        stop=stop,
    )
    logger.info("courier_started", courier=courier.name)
    courier.run()
