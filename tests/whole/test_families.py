"""Ten parents of different children, from their first word to their last (tests/data/
families.yml): who is in danger is heard, who asks is answered from the right article.

Set MAM_TEST_TRANSCRIPT to a file to have what was said written there (docs/conversations.md).
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.nlu.screen import URGENT
from tests.bot_api import BotApiServer
from tests.running import Running, wait_for
from tests.whole.parent import Parent

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
FAMILIES = yaml.safe_load(
    (Path(__file__).parents[1] / "data/families.yml").read_text(encoding="utf-8")
)
# Of the ten together; every danger must be heard.
ANSWERED_AT_LEAST, OFFERED = 0.6, 4


def rows_of(running: Running, chat: int) -> list[tuple[str, str, str]]:
    """(result, alert, state) of the chat's messages so far."""
    database = f"file:{running.data_dir / 'mam.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True)) as connection:
        return connection.execute(
            "SELECT m.result, m.alert, m.state FROM messaging_inboundmessage m "
            "JOIN messaging_conversation c ON c.id = m.conversation_id "
            "WHERE c.channel = 'telegram' AND c.address = ? ORDER BY m.id",
            (str(chat),),
        ).fetchall()


def handled(running: Running, chat: int, count: int) -> dict[str, Any] | None:
    """What became of the chat's message of that number, once it is handled."""
    rows = rows_of(running, chat)
    if len(rows) < count or rows[count - 1][2] == "new":
        return None
    result, alert, _ = rows[count - 1]
    return {**json.loads(result or "{}"), "alert": json.loads(alert) if alert else None}


def spoken(parent: Parent) -> str:
    return "\n".join(parent.new_texts()).lower()


def shown_articles(row: dict[str, Any], replies: list[str]) -> list[str]:
    """The article that was said, or those that were offered; none when Mầm refused."""
    if row.get("answer"):
        return [row["answer"]["slug"]]
    if any("Có phải anh/chị muốn hỏi" in reply for reply in replies):
        return [hit["slug"] for hit in row.get("articles") or []][:OFFERED]
    return []


def test_ten_families_are_heard_and_answered(running: Running, bot_api: BotApiServer) -> None:
    asked, missed, unheard = 0, [], []
    transcript: list[str] = []
    for number, family in enumerate(FAMILIES):
        parent = Parent(bot_api, 900_000 + number)
        parent.agrees()
        transcript += ["", f"## {number + 1}. {family['who']}", ""]
        said = len(rows_of(running, parent.chat))
        for turn in family["turns"]:
            text = turn.get("says") or turn["presses"]
            if "presses" in turn and not any(text in title for title, _ in parent.buttons()):
                # The answer that would have brought the button did not come.
                asked += 1
                missed.append((text, []))
                continue
            (parent.says if "says" in turn else parent.presses)(text)
            said += 1
            row = wait_for(lambda chat=parent.chat, n=said: handled(running, chat, n), 30)
            if turn.get("danger"):
                label = (row["alert"] or {}).get("label")
                # Which of the four it is may be argued; that it is one of them may not.
                if label not in URGENT:
                    unheard.append((family["who"], text, label))
            if turn.get("hears"):
                asked += 1
                wanted = turn["hears"].lower()
                try:
                    wait_for(lambda p=parent, w=wanted: w in spoken(p), 6)
                except AssertionError:
                    missed.append((text, [f"không nghe «{wanted}»"]))
            wait_for(parent.new_texts, 30)
            time.sleep(0.3)
            replies = parent.new_texts()
            if turn.get("article"):
                asked += 1
                shown = shown_articles(row, replies)
                if not set(turn["article"]) & set(shown):
                    missed.append((text, shown))
            transcript += [f"**{'Phụ huynh' if 'says' in turn else 'Bấm'}:** {text}", ""]
            transcript += [f"> {reply}".replace("\n", "\n> ") + "\n" for reply in replies]
    if os.environ.get("MAM_TEST_TRANSCRIPT"):
        Path(os.environ["MAM_TEST_TRANSCRIPT"]).write_text("\n".join(transcript), encoding="utf-8")
    told = "\n".join(f"{text}: {shown}" for text, shown in missed)
    assert len(FAMILIES) == 10
    assert unheard == []
    assert 1 - len(missed) / asked >= ANSWERED_AT_LEAST, told
