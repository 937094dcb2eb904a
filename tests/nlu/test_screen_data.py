"""Labelled messages: enough of each, training and test apart, and what the classifier makes of
them.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from bot.evaluation.screen import evaluate_screen
from bot.nlu.normalise import fold, normalise
from bot.nlu.screen import PRIORITY, Screen
from bot.nlu.screen.training import TRAIN, read_labelled, read_questions, train_classifier

TEST = Path(__file__).resolve().parents[1] / "data/screen"
MODELS = Path(__file__).resolve().parents[2] / "models"
STYLES = {
    *("standard", "no_diacritics", "teencode", "southern", "central", "northern"),
    *("typos", "very_short", "very_long"),
}
SHINGLE, ALIKE = 5, 0.6


def likeness(texts: list[str], others: list[str]) -> Any:
    """(n, m) matrix of the shared part (0-1) of two texts' letter shingles, marks put aside."""
    counter = CountVectorizer(
        analyzer="char",
        ngram_range=(SHINGLE, SHINGLE),
        binary=True,
        preprocessor=lambda text: " ".join(fold(normalise(text)).split()),
    ).fit([*texts, *others])
    a, b = (counter.transform(rows).astype(np.float32) for rows in (texts, others))
    shared = (a @ b.T).toarray()
    sizes = np.asarray(a.sum(axis=1)) + np.asarray(b.sum(axis=1)).T
    return shared / np.maximum(sizes - shared, 1)


def test_every_label_and_style_is_there_in_number() -> None:
    rows = read_labelled(TRAIN)
    labels, styles = Counter(row.label for row in rows), Counter(row.style for row in rows)
    assert len(rows) >= 4000
    assert set(labels) == {*PRIORITY, "safe"}
    assert min(labels.values()) >= 150
    assert set(styles) == STYLES
    assert min(styles.values()) >= 300


def test_no_test_message_is_nearly_one_that_was_trained_on() -> None:
    tested = [row.text for row in read_labelled(TEST)]
    assert len(tested) >= 800
    taught = [*read_labelled(TRAIN), *read_questions()]
    alike = likeness(tested, [row.text for row in taught]).max(axis=1)
    assert alike.max() <= ALIKE + 1e-6, tested[int(alike.argmax())]


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


@pytest.mark.parametrize(
    "text",
    [
        *("lorem ipsum dolor sit amet", "giá vàng hôm nay", "wifi nhà em yếu quá", "Hà Nội"),
        *("xe máy hết xăng", "da khô", "bé cắn em", "bo bu dem", "bé 2 tháng", "sua cong thuc"),
    ],
)
def test_a_few_words_that_are_like_no_danger_are_no_danger(text: str) -> None:
    train_classifier(MODELS)
    assert Screen.load(MODELS).judge(text) is None


@pytest.mark.parametrize("use_encoder", [False, True])
def test_a_symptom_named_plainly_is_no_alarm_and_a_danger_named_plainly_is(
    use_encoder: bool,
) -> None:
    train_classifier(MODELS)
    screen = Screen.load(MODELS)

    def is_urgent(text: str) -> bool:
        alert = screen.judge(text, use_encoder=use_encoder)
        return alert is not None and alert.urgent

    calm = ("bé sốt 39", "be sot 38.5", "bé ho", "em sợ quá", "à không, nó tỉnh rồi", "bé té nhẹ")
    danger = ("bé co giật", "be tim tai", "gọi không tỉnh", "nuốt pin", "em muốn chết")
    assert [text for text in calm if is_urgent(text)] == []
    assert [text for text in danger if not is_urgent(text)] == []
