"""What Mầm is measured on was taught to no part of it, nor nearly so (letter shingles)."""

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from bot.commands.evaluate import ENTITY_DATA, INTENT_DATA, SCREEN_DATA, SEARCH_DATA
from bot.evaluation.intents import read_examples
from bot.evaluation.likeness import ALIKE, groups_alike, likeness, seeds
from bot.evaluation.screen import read_everyday
from bot.nlu.scope import outside_texts
from bot.nlu.screen.files import LIBRARY, sample_questions
from bot.nlu.screen.training import TRAIN, read_labelled, read_questions, read_small_talk

# One process of pytest reads the letters of what was taught once.
pytestmark = pytest.mark.xdist_group("apart")

TESTS = Path(__file__).resolve().parents[1] / "data"
DEV = [TESTS / "search/dev.tsv", TESTS / "search/dev-3.tsv"]


def column(path: Path, name: str = "text") -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def library_questions() -> list[str]:
    return [line for path in sorted(LIBRARY.rglob("*.md")) for line in sample_questions(path)]


@lru_cache(maxsize=1)
def taught_to_the_screen() -> list[str]:
    return [row.text for row in (*read_labelled(TRAIN), *read_questions())]


def conversations() -> list[str]:
    """Each as one text: a short turn ("dạ có") stands in many, what it answers does not."""
    path = TESTS / "screen-turns.tsv"
    turns = zip(column(path, "before"), column(path), strict=True)
    return [" , ".join([*filter(None, before.split(" | ")), text]) for before, text in turns]


def near(tested: list[str], taught: list[str]) -> list[tuple[str, str]]:
    """Each tested text that is nearly a taught one, with that one."""
    alike = likeness(tested, taught)
    best = alike.argmax(axis=1)
    return [
        (text, taught[int(best[place])])
        for place, text in enumerate(tested)
        if alike[place, best[place]] > ALIKE + 1e-6
    ]


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("bé sốt 39 độ", "be sot 39 do", 1.0),
        ("bé sốt 39 độ", "bes soots 39 ddooj", 1.0),
        ("bé sốt 39 độ", "khi nào ăn dặm", 0.0),
        # Ten shingles and twelve, nine of them shared.
        ("trẻ nhỏ sốt cao", "trẻ nhỏ sốt cao ạ", 11 / 13),
    ],
)
def test_marks_and_ways_of_typing_make_no_text_another(
    first: str, second: str, share: float
) -> None:
    assert float(likeness([first], [second])[0, 0]) == pytest.approx(share)


def test_ways_of_typing_one_message_are_one_seed_and_one_group() -> None:
    texts = ["ko", "bé sốt 39 độ", "không", "be1 so61t 39 d9o65", "be sot 39 do a", "ăn dặm"]
    assert seeds(texts) == 4
    assert groups_alike(texts) == [0, 1, 0, 1, 1, 5]


def test_the_screens_messages_are_apart_from_its_training() -> None:
    tested = [row.text for row in read_labelled(SCREEN_DATA)]
    assert len(tested) >= 1600
    assert near(tested, taught_to_the_screen()) == []


def test_the_everyday_questions_that_try_the_screen_are_apart_from_its_training() -> None:
    tested = [row.text for path in SEARCH_DATA for row in read_everyday(path)]
    assert len(tested) >= 1300
    assert near(tested, taught_to_the_screen()) == []


def test_conversations_for_the_screen_are_apart_from_its_training() -> None:
    tested = conversations()
    assert len(tested) >= 150
    small_talk = [row.text for row in read_small_talk()]
    assert near(tested, [*taught_to_the_screen(), *small_talk]) == []


@pytest.mark.parametrize("path", [*SEARCH_DATA, *DEV], ids=lambda path: path.stem)
def test_the_searchs_questions_are_apart_from_what_it_is_made_of(path: Path) -> None:
    taught = [*library_questions(), *outside_texts()]
    assert len(taught) >= 6000
    tested = column(path)
    assert len(tested) >= 500
    assert near(tested, taught) == []


@pytest.mark.parametrize("path", SEARCH_DATA, ids=lambda path: path.stem)
def test_the_searchs_questions_are_apart_from_those_that_chose_its_thresholds(path: Path) -> None:
    assert near(column(path), [text for dev in DEV for text in column(dev)]) == []


def test_the_entities_messages_are_apart_from_the_intents_and_halves_from_each_other() -> None:
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in ENTITY_DATA.read_text(encoding="utf-8").splitlines()
    ]
    tested = [row["text"] for row in rows]
    assert len(tested) >= 400
    assert near(tested, [text for _, text in read_examples(INTENT_DATA)]) == []
    # The first half was used to develop.
    assert near(tested[210:], tested[:210]) == []
