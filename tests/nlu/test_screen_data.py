"""Labelled messages: enough of each, and what the classifier makes of plain words. What it makes of
the test messages: tests/evaluation/test_gate.py; that these are apart: test_apart.py there.
"""

from collections import Counter
from pathlib import Path

import pytest

from bot.nlu.screen import PRIORITY, Screen
from bot.nlu.screen.training import TRAIN, read_labelled, train_classifier
from bot.nlu.views import to_encode

MODELS = Path(__file__).resolve().parents[2] / "models"
STYLES = {
    *("standard", "no_diacritics", "teencode", "southern", "central", "northern"),
    *("typos", "very_short", "very_long"),
}


def test_every_label_and_style_is_there_in_number() -> None:
    rows = read_labelled(TRAIN)
    labels, styles = Counter(row.label for row in rows), Counter(row.style for row in rows)
    assert len(rows) >= 4000
    assert set(labels) == {*PRIORITY, "safe"}
    assert min(labels.values()) >= 150
    assert set(styles) == STYLES
    assert min(styles.values()) >= 300


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


def test_marks_that_are_put_back_wrongly_hide_no_danger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever marks the reading gives them, the words as they were typed are looked at too."""
    train_classifier(MODELS)
    screen = Screen.load(MODELS)
    text = "nam li bi tu sang toi gio keu mai khong thua chan tay lanh ngat"
    wrong = " ".join(f"{word[:-1]}ờ" for word in text.split())
    monkeypatch.setattr("bot.nlu.views.restore", lambda _: wrong)
    assert to_encode(text + " ") != text

    alert = screen.judge(text + " ", use_encoder=False)

    assert alert is not None
    assert alert.label == "medical_emergency"
