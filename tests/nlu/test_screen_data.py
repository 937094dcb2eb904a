"""Labelled messages: enough of each, training and test apart, and what the classifier makes of
them.
"""

from collections import Counter
from pathlib import Path

import pytest

from bot.evaluation.screen import evaluate_screen
from bot.nlu.normalise import fold, normalise
from bot.nlu.screen import PRIORITY, Screen
from bot.nlu.screen.training import TRAIN, read_labelled, train_classifier

TEST = Path(__file__).resolve().parents[1] / "data/screen"
MODELS = Path(__file__).resolve().parents[2] / "models"
STYLES = {
    *("standard", "no_diacritics", "teencode", "southern", "central", "northern"),
    *("typos", "very_short", "very_long"),
}
SHINGLE, ALIKE = 5, 0.6


def shingles(text: str) -> frozenset[str]:
    plain = " ".join(fold(normalise(text)).split())
    return frozenset(plain[i : i + SHINGLE] for i in range(max(1, len(plain) - SHINGLE + 1)))


def test_every_label_and_style_is_there_in_number() -> None:
    rows = read_labelled(TRAIN)
    labels, styles = Counter(row.label for row in rows), Counter(row.style for row in rows)
    assert len(rows) >= 4000
    assert set(labels) == {*PRIORITY, "safe"}
    assert min(labels.values()) >= 150
    assert set(styles) == STYLES
    assert min(styles.values()) >= 300


def test_no_test_message_is_nearly_one_that_was_trained_on() -> None:
    trained = [shingles(row.text) for row in read_labelled(TRAIN)]
    tested = read_labelled(TEST)
    assert len(tested) >= 800
    for row in tested:
        own = shingles(row.text)
        alike = max(len(own & other) / len(own | other) for other in trained)
        assert alike <= ALIKE, "a test message is nearly one that was trained on"


@pytest.mark.timeout(300)
def test_danger_is_caught_and_calm_is_left_alone_even_without_the_encoder() -> None:
    train_classifier(MODELS)
    report = evaluate_screen(TEST, MODELS, use_encoder=False)
    assert report["n"] >= 800
    assert report["recall"] >= 0.95
    assert report["false_alarms"] <= 0.08
    assert report["exact"] >= 0.85


def test_age_and_temperature_count_whatever_the_classifier_thinks_of_the_words() -> None:
    train_classifier(MODELS)
    screen = Screen.load(MODELS)
    young = screen.judge("bé nóng 38.2, vẫn chơi", child_months=1, use_encoder=False)
    assert young is not None
    assert young.label == "medical_emergency"
