"""Rasa or its action server is away: who waits for them is not asked for again until both are back.

Hundreds of chats that knock every second would keep them from starting.
"""

from __future__ import annotations

import threading
import time

import httpx
from django.utils import timezone

from bot.messaging.models import InboundMessage

# Looked at so often while something is away (s).
LOOK_EVERY_S = 0.5
# Should the courier that looks die, its rows come back by themselves (s).
WAIT_S = 20.0
AWAY = "away: "


class Outage:
    """One for the whole courier. `begin` in any thread; `is_over` in the dispatcher's."""

    def __init__(self, rasa_url: str, token: str, actions_url: str | None) -> None:
        self._looks = [(f"{rasa_url}/status", {"token": token})]
        if actions_url:
            self._looks.append((f"{actions_url}/health", {}))
        self._begun = threading.Event()
        self._looked = 0.0

    def begin(self, *, is_silent: bool = False) -> None:
        """Somebody got no answer; `is_silent`: Rasa is there, and its action server is not."""
        if not is_silent or len(self._looks) > 1:
            self._begun.set()

    def is_over(self) -> bool:
        """True once, when all that was away answers again."""
        now = time.monotonic()
        if not self._begun.is_set() or now - self._looked < LOOK_EVERY_S:
            return False
        self._looked = now
        if not all(_answers(url, query) for url, query in self._looks):
            return False
        self._begun.clear()
        return True


def _answers(url: str, query: dict[str, str]) -> bool:
    try:
        return httpx.get(url, params=query, timeout=2).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def ask_again() -> int:
    """Lets every row be tried now that waits for Rasa, or behind one in its chat; how many."""
    new = InboundMessage.objects.filter(state=InboundMessage.State.NEW)
    chats = new.filter(error__startswith=AWAY).values("conversation_id")
    waiting = new.filter(conversation_id__in=chats, next_attempt_at__gt=timezone.now())
    return waiting.update(next_attempt_at=timezone.now())
