"""What says nothing answerable is told from every real question, in all ways of writing."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from bot.nlu.vague import Vague, read_vague

DATA = Path(__file__).resolve().parents[1] / "data"
NONE = "none"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_nearly_all_that_is_vague_is_found_and_hardly_anything_else() -> None:
    labelled = rows(DATA / "vague.tsv")
    counts = Counter(row["vague"] for row in labelled)
    assert counts == {"có": 60, "không": 60}
    assert len({row["style"] for row in labelled}) == 9
    taken = Counter(row["vague"] for row in labelled if read_vague(row["text"]))
    assert taken["có"] >= 0.95 * counts["có"]
    assert taken["không"] <= 0.02 * counts["không"]


def test_a_question_that_has_an_article_is_not_taken_for_vague() -> None:
    asked = [
        row["text"]
        for path in sorted((DATA / "search").glob("*.tsv"))
        for row in rows(path)
        if row["slug"] != NONE
    ]
    assert len(asked) >= 1400
    assert sum(read_vague(text) is not None for text in asked) < 0.005 * len(asked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bé 10 tháng", Vague(10, asks=False)),
        ("dạ con em được 2 tuổi rồi ạ", Vague(24, asks=False)),
        ("be 5 thang giup em voi", Vague(5, asks=True)),
        ("con em bị sao vậy", Vague(None, asks=True)),
    ],
)
def test_the_age_and_whether_more_was_said_are_kept(text: str, said: Vague) -> None:
    assert read_vague(text) == said


@pytest.mark.parametrize(
    "text",
    [
        *("dạ vâng ạ", "chào mầm", "không ạ", "bé gái", "cảm ơn chị nhiều nha", ""),
        *("mầm giúp được gì cho em", "em phải hỏi thế nào ạ"),
        # Without marks these are rash, bites, skin, fainting, crawling; not fillers.
        *("be bi ban", "con em bi can co sao khong", "da be bi sao vay", "be xiu", "be bo"),
        *("bé 10 tháng biết làm gì", "bé 11 tháng đi được không", "bé 5 tháng có răng không"),
    ],
)
def test_greetings_answers_and_short_questions_are_not_vague(text: str) -> None:
    assert read_vague(text) is None
