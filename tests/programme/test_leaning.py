"""Follow-ups find the article of the conversation's topic, or that of the other age; doses are
refused whatever way they are asked.
"""

import json
from pathlib import Path

import pytest

from bot.nlu.followups import read_followup
from bot.nlu.refusals import find_refusal
from bot.programme.leaning import Topic, follow, telling_piece
from bot.programme.reading import read_article
from bot.programme.search import search

DATA = Path(__file__).resolve().parents[1] / "data/followups.jsonl"
NONE = "none"
# Measured on the data: 72 of 73.
LEAST_RIGHT = 0.93


def answered_with(row: dict[str, str], months: int | None) -> str:
    """What a conversation of the two messages ends with: an article, a refusal, or none for a
    message that stands on its own.
    """
    first = search(row["question"], child_months=months)
    topic = Topic(row["question"], first.hits[0].slug if first.decision == "answer" else None)
    followup = read_followup(row["followup"])
    found = followup and follow(row["followup"], followup, topic, child_months=months)
    if not found:
        return NONE
    refusal = find_refusal(found.joined)
    return f"refused:{refusal.kind}" if refusal and refusal.always else found.slug or NONE


@pytest.mark.django_db
def test_follow_ups_are_answered_from_the_topic() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60
    assert sum(row["expected"] == NONE for row in rows) >= 10
    wrong = [
        (row["question"], row["followup"], found)
        for row in rows
        if (found := answered_with(row, row["child_months"])) not in row["expected"].split("|")
    ]
    assert len(rows) - len(wrong) >= LEAST_RIGHT * len(rows), wrong
    doses = [row for row in rows if row["expected"] == "refused:dose"]
    assert len(doses) >= 4
    assert not [one for one in wrong if one[1] in {row["followup"] for row in doses}]


@pytest.mark.django_db
def test_the_piece_that_is_shown_is_of_the_article() -> None:
    reading = read_article("vat-va-bao-quan-sua-me")
    assert reading is not None
    piece = telling_piece(reading, "trữ sữa vắt ra, để tủ đá được bao lâu")
    assert piece in [*reading.first, *reading.more, *reading.doctor]
    assert "tháng" in piece
