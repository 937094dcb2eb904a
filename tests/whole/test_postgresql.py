"""The same Mầm on PostgreSQL and Redis, with two couriers: in order, and nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.bot_api import TOKEN, BotApiServer
from tests.running import MAM, Running, start, wait_for
from tests.servers import postgresql, redis_server
from tests.whole.parent import text_of

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(600)]
CHATS = range(60_000, 60_012)
# Danger does not wait for its turn, so it has a chat of its own.
IN_DANGER = CHATS[-1] + 1
# Commands are never joined, so each has its own answer.
ORDER = {"/menu": "chủ đề nào", "/help": "/tuvanvien", "/quyenriengtu": "vận hành"}
# What a database may take differently: races, queries, the guard of the audit trail. Of the pages
# of counselling those that ask the most of it.
ROOMS = (
    "messaging/test_inbox_and_outbox.py",
    "messaging/telegram/test_webhook.py",
    *(f"counselling/test_{name}.py" for name in ("cases", "handing", "races", "queue", "figures")),
    "courier/test_batch.py",
    "courier/test_staff_chat.py",
    "staff/test_audit.py",
    "programme/test_search.py",
)


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


def test_two_couriers_answer_every_message_once_and_in_order(
    tmp_path: Path, server: BotApiServer
) -> None:
    with postgresql() as database, redis_server() as redis_url:
        mam = start(
            tmp_path / "var",
            DATABASE_URL=database,
            REDIS_URL=redis_url,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_BASE_URL=server.url,
        )
        try:
            second = _second_courier(mam)
            try:
                _write_and_look(server, database)
            finally:
                second.terminate()
                second.wait(20)
        finally:
            mam.stop()


def _second_courier(mam: Running) -> subprocess.Popen[bytes]:
    """Beside the first, with the addresses that the supervisor gave to it."""
    first = mam.pids("courier")[0]
    lines = Path(f"/proc/{first}/environ").read_bytes().split(b"\0")
    given = dict(line.decode().partition("=")[::2] for line in lines if line)
    log = mam.data_dir / "logs/courier-2.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(MAM), "run", "courier"], env=given, stdout=file, stderr=file
        )
    wait_for(lambda: "courier_started" in log.read_text(), 30)
    return process


def _write_and_look(server: BotApiServer, database: str) -> None:
    for text in ORDER:
        for chat in CHATS:
            server.says(chat, text)
    server.says(IN_DANGER, "be 8 thang co giat tim tai")

    def texts(chat: int) -> list[str]:
        return [text_of(message) for message in server.sent_to(chat)]

    wait_for(lambda: all(len(texts(chat)) >= len(ORDER) for chat in CHATS), 90)
    wait_for(lambda: any("115" in text for text in texts(IN_DANGER)), 30)
    assert max(Counter(texts(IN_DANGER)).values()) == 1
    for chat in CHATS:
        for text, wanted in zip(texts(chat), ORDER.values(), strict=False):
            assert wanted in text
        assert max(Counter(texts(chat)).values()) == 1
    with psycopg.connect(database) as connection:
        counts = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE state = 'done') FROM messaging_inboundmessage"
        ).fetchone()
        trackers = connection.execute("SELECT count(DISTINCT sender_id) FROM events").fetchone()
    assert counts == (len(CHATS) * len(ORDER) + 1, len(CHATS) * len(ORDER) + 1)
    assert trackers == (len(CHATS),), "Rasa's tracker is in the same database"


def test_the_rooms_with_tables_keep_their_promises_on_postgresql_too() -> None:
    with postgresql() as database:
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pytest",
                    "-q",
                    "-x",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:warnings",
                ),
                *(f"tests/{room}" for room in ROOMS),
            ],
            env={**os.environ, "MAM_TEST_DATABASE_URL": database},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
