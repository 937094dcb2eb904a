"""Any process may die at any moment: each message is answered, once."""

from __future__ import annotations

import sqlite3
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot_api import TOKEN, BotApiServer, message_of
from tests.running import Running, free_port, start, wait_for
from tests.whole.parent import text_of

pytestmark = [pytest.mark.alone, pytest.mark.django_db(databases=[]), pytest.mark.timeout(700)]
MESSAGES = 200
ROUNDS = 3
# What is promised of a part that died: half of the times lie below it, each below four times as
# much, so that a busy machine does not decide the test.
BACK_WITHIN_S = {"web": 10.0, "courier": 10.0, "actions": 10.0, "rasa": 45.0}
PATIENCE = 4
RASA_KILLS_IN_A_ROW = 20
FIRST_CHAT = 50_000
# What each kind of message must bring; danger does not need Rasa.
KINDS = {
    "/help": "/menu",
    "chào mầm": "trợ lý tự động",
    "bé mấy tháng thì ăn dặm được ạ": "trợ lý tự động",
    "be 8 thang sot 39 co giat": "115",
}
TEXTS = list(KINDS)


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


@pytest.fixture(scope="module")
def mam(tmp_path_factory: pytest.TempPathFactory, server: BotApiServer) -> Iterator[Running]:
    """With a webhook, so that the web server stands in the way of every message too."""
    port = free_port()
    running = start(
        tmp_path_factory.mktemp("killed"),
        MAM_PORT=str(port),
        MAM_PUBLIC_URL=f"http://127.0.0.1:{port}",
        MAM_METRICS_TOKEN="metrics",
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_BASE_URL=server.url,
    )
    yield running
    running.stop()


def deliver(server: BotApiServer, update: dict[str, Any]) -> None:
    """As Telegram does: again until it is acknowledged."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": server.webhook["secret_token"]}
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            answer = httpx.post(server.webhook["url"], json=update, headers=headers, timeout=10)
            if answer.status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError("the web server never took the update")


def is_back(mam: Running, part: str, killed: int, at: float) -> bool:
    """Another process does the part's work."""
    if killed in mam.pids(part) or not mam.pids(part):
        return False
    if part == "courier":
        beat = mam.data_dir / "courier.alive"
        return beat.is_file() and beat.stat().st_mtime > at + 0.5
    try:
        if part == "web":
            return httpx.get(f"{mam.url}/healthz", timeout=2).status_code == httpx.codes.OK
        parts = httpx.get(f"{mam.url}/readyz", timeout=5).json()["parts"]
    except (httpx.HTTPError, ValueError):
        return False
    return bool(parts[part]["state"] == "ok")


def kill_and_wait(mam: Running, part: str) -> float:
    """Seconds until the part was back. Raises AssertionError when it takes much longer."""
    at = time.time()
    killed = mam.kill(part)
    wait_for(lambda: is_back(mam, part, killed, at), BACK_WITHIN_S[part] * PATIENCE)
    return time.time() - at


def test_every_message_is_answered_once_whatever_dies(mam: Running, server: BotApiServer) -> None:
    kills = 0
    killing_is_over = threading.Event()

    def write_all() -> None:
        for number in range(MESSAGES):
            text = TEXTS[number % len(TEXTS)]
            chat = FIRST_CHAT + number
            message = message_of(chat, server.message_number(), text=text)
            deliver(server, {"update_id": 90_000 + number, "message": message})
            # Spread over the time of the killing, whatever that takes.
            killing_is_over.wait(0.8)

    writer = threading.Thread(target=write_all)
    writer.start()
    took: dict[str, list[float]] = {part: [] for part in BACK_WITHIN_S}
    for _ in range(ROUNDS):
        for part, times in took.items():
            time.sleep(0.7)
            times.append(kill_and_wait(mam, part))
            kills += 1
    killing_is_over.set()
    writer.join(120)
    assert not writer.is_alive()

    chats = range(FIRST_CHAT, FIRST_CHAT + MESSAGES)
    wanted = {chat: KINDS[TEXTS[(chat - FIRST_CHAT) % len(TEXTS)]] for chat in chats}

    def unanswered() -> list[int]:
        return [c for c in chats if not any(wanted[c] in text_of(m) for m in server.sent_to(c))]

    wait_for(lambda: not unanswered(), 120)
    wait_for(lambda: _waiting(mam.data_dir) == (0, 0), 60)
    twice = sum(
        times - 1
        for chat in chats
        for times in Counter(text_of(message) for message in server.sent_to(chat)).values()
    )
    for part, within_s in BACK_WITHIN_S.items():
        assert statistics.median(took[part]) <= within_s, f"{part} was back after {took[part]} s"
    assert kills == ROUNDS * len(BACK_WITHIN_S)
    assert twice <= kills, "one doubtful send a kill"
    assert _set_aside(mam.data_dir) == 0


def test_rasa_comes_back_after_twenty_kills_in_a_row(mam: Running) -> None:
    seen = set()
    for _ in range(RASA_KILLS_IN_A_ROW):
        seen.add(mam.kill("rasa"))
    assert len(seen) >= RASA_KILLS_IN_A_ROW // 2, "they were different processes"
    assert kill_and_wait(mam, "rasa") > 0
    wait_for(mam.is_ready, 10)


def _ask(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{data_dir / 'mam.sqlite3'}?mode=ro", uri=True, timeout=10) as db:
        return db.execute(query).fetchall()


def _waiting(data_dir: Path) -> tuple[int, int]:
    inbound = _ask(data_dir, "SELECT count(*) FROM messaging_inboundmessage WHERE state = 'new'")
    outbound = _ask(
        data_dir,
        "SELECT count(*) FROM messaging_outboundmessage WHERE state IN ('pending', 'sending')",
    )
    return inbound[0][0], outbound[0][0]


def _set_aside(data_dir: Path) -> int:
    query = "SELECT count(*) FROM messaging_inboundmessage WHERE state = 'set_aside'"
    return int(_ask(data_dir, query)[0][0])
