"""Ten parents of different children, from their first word to their last (tests/data/
families.yml): who is in danger is heard, who asks is answered from the right article.

Set MAM_TEST_TRANSCRIPT to a file to have what was said written there (docs/conversations.md).
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
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
# Of the ten together, below what was measured (docs/evaluation.md); every danger must be heard.
ANSWERED_AT_LEAST, OFFERED, SIDE_BY_SIDE = 0.5, 4, 5


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


@dataclass
class Played:
    """What came of one family's conversation."""

    asked: int = 0
    missed: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)


def play(running: Running, parent: Parent, family: dict[str, Any]) -> Played:
    """Says every turn in order and waits for what comes of it."""
    played = Played()
    parent.agrees()
    said = len(rows_of(running, parent.chat))
    for turn in family["turns"]:
        text = turn.get("says") or turn["presses"]
        played.asked += any(key in turn for key in ("article", "hears", "presses"))
        if "presses" in turn and not any(text in title for title, _ in parent.buttons()):
            # The answer that would have brought the button did not come.
            played.missed.append(f"{text}: no such button")
            continue
        (parent.says if "says" in turn else parent.presses)(text)
        said += 1
        row = wait_for(lambda n=said: handled(running, parent.chat, n), 60)
        wait_for(parent.new_texts, 60)
        time.sleep(0.5)
        replies = parent.new_texts()
        # Which of the four dangers it is may be argued; that it is one of them may not.
        if turn.get("danger") and (row["alert"] or {}).get("label") not in URGENT:
            played.unheard.append(text)
        shown = shown_articles(row, replies)
        is_right = not turn.get("article") or bool(set(turn["article"]) & set(shown))
        if not is_right or turn.get("hears", "").lower() not in spoken(parent):
            played.missed.append(f"{text}: {shown}")
        played.transcript += [f"**{'Phụ huynh' if 'says' in turn else 'Bấm'}:** {text}", ""]
        played.transcript += [f"> {reply}".replace("\n", "\n> ") + "\n" for reply in replies]
    return played


def test_ten_families_are_heard_and_answered(running: Running, bot_api: BotApiServer) -> None:
    parents = [Parent(bot_api, 900_000 + number) for number in range(len(FAMILIES))]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        results = list(
            pool.map(lambda pair: play(running, *pair), zip(parents, FAMILIES, strict=True))
        )
    if os.environ.get("MAM_TEST_TRANSCRIPT"):
        lines = [
            line
            for number, (family, played) in enumerate(zip(FAMILIES, results, strict=True), 1)
            for line in ("", f"## {number}. {family['who']}", "", *played.transcript)
        ]
        Path(os.environ["MAM_TEST_TRANSCRIPT"]).write_text("\n".join(lines), encoding="utf-8")
    assert len(FAMILIES) == 10
    assert [text for played in results for text in played.unheard] == []
    missed = [text for played in results for text in played.missed]
    asked = sum(played.asked for played in results)
    assert 1 - len(missed) / asked >= ANSWERED_AT_LEAST, "\n".join(missed)
