"""No figure of the committed report (docs/evaluation.json) may fall by more than a point.

Styles and labels have few messages each: one of them would move their figures by more than that, so
the gate looks at the whole of each part. What is slow is held by a part of itself that the report
names: the first of five folds of the intents, two hundred rewritten questions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.commands.evaluate import (
    ENTITY_DATA,
    INTENT_DATA,
    MARKED_DATA,
    SCREEN_DATA,
    SEARCH_DATA,
)
from bot.evaluation.compare import committed_report, worse
from bot.evaluation.entities import evaluate_entities
from bot.evaluation.intents import evaluate_first_fold
from bot.evaluation.paired import pair_search_sample
from bot.evaluation.restoration import evaluate_restoration
from bot.evaluation.screen import evaluate_everyday, evaluate_screen
from bot.evaluation.search import evaluate_search
from bot.nlu.screen.training import train_classifier
from bot.nlu.shipped_vectors import ShippedVectors

ROOT = Path(__file__).resolve().parents[2]
GROUPS = {"styles", "labels", "domains", "kinds", "confusion", "wrong"}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def vectors() -> ShippedVectors:
    """So that nothing is encoded here: that would take minutes."""
    return ShippedVectors(ROOT / "tests/data/vectors.npz")


def whole(report: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in report.items() if name not in GROUPS}


def assert_holds(part: str, now: dict[str, Any]) -> None:
    released = committed_report()
    assert part in released, "docs/evaluation.json lacks it: mam evaluate --json"
    assert now["n"] >= released[part]["n"], "the test data only grows"
    assert worse({part: whole(released[part])}, {part: whole(now)}) == []


def test_danger_is_caught_as_well_as_in_the_last_release() -> None:
    train_classifier(ROOT / "models")
    now = evaluate_screen(SCREEN_DATA, ROOT / "models", use_encoder=False)
    assert_holds("screen_without_encoder", now)
    # Whatever was released.
    assert now["recall"] >= 0.95
    assert now["false_alarms"] <= 0.08
    assert now["exact"] >= 0.85


def test_danger_is_caught_as_well_with_the_encoder(vectors: ShippedVectors) -> None:
    train_classifier(ROOT / "models")
    assert_holds("screen", evaluate_screen(SCREEN_DATA, ROOT / "models", vectors=vectors))


def test_everyday_questions_raise_no_more_alarms(vectors: ShippedVectors) -> None:
    train_classifier(ROOT / "models")
    now = evaluate_everyday(*SEARCH_DATA, models=ROOT / "models", vectors=vectors)
    assert_holds("screen_everyday", now)


def test_entities_are_found_as_well_as_in_the_last_release() -> None:
    assert_holds("entities", evaluate_entities(ENTITY_DATA))


@pytest.mark.django_db
def test_articles_are_found_as_well_as_in_the_last_release(vectors: ShippedVectors) -> None:
    assert_holds("search", evaluate_search(*SEARCH_DATA, vectors=vectors))


@pytest.mark.django_db
def test_articles_are_found_as_well_however_a_question_is_typed(vectors: ShippedVectors) -> None:
    assert_holds("paired_search_sample", pair_search_sample(*SEARCH_DATA, vectors=vectors))


def test_intents_are_told_apart_as_well_as_in_the_last_release() -> None:
    released, now = committed_report()["intents"]["first_fold"], evaluate_first_fold(INTENT_DATA)
    assert now["n"] >= 400
    assert worse({"intents": released}, {"intents": now}) == []


def test_marks_are_put_back_as_well_as_in_the_last_release() -> None:
    assert_holds("restoration", evaluate_restoration(*MARKED_DATA))
