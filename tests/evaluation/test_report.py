"""What a report says: shares with their intervals, a matrix, and what got worse."""

import pytest

from bot.evaluation.compare import worse
from bot.evaluation.intervals import wilson
from bot.evaluation.report import as_html, as_text

FIGURES = {
    "recall": 0.98,
    "false_alarms": 0.05,
    "exact": 0.9,
    "counts": {"recall": 450, "false_alarms": 328, "exact": 1047},
}
SCREEN = {
    "n": 1047,
    **FIGURES,
    "ms_median": 5.0,
    "styles": {"standard": FIGURES},
    "labels": {},
    "confusion": {"safe": {"safe": 9, "self_harm": 1}},
    "wrong": {"safe → self_harm": 1},
}


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    # Brown, Cai and DasGupta 2001, and the rule of three.
    [(0.5, 100, 0.404, 0.596), (1.0, 30, 0.886, 1.0), (0.0, 30, 0.0, 0.114), (0.3, 0, 0, 1)],
)
def test_the_interval_is_wilsons(share: float, n: int, low: float, high: float) -> None:
    assert wilson(share, n) == pytest.approx((low, high), abs=0.001)


def test_a_share_stands_with_its_interval_and_the_labels_in_a_matrix() -> None:
    text = as_text({"screen": SCREEN})
    assert "98.0 % (96–99)" in text
    assert "Ma trận nhãn" in text
    page = as_html({"screen": SCREEN})
    assert "--share:98.0%" in page
    assert "<script" not in page


def test_what_fell_by_more_than_a_point_is_named_and_nothing_else() -> None:
    now = {**SCREEN, "recall": 0.96, "exact": 0.895, "false_alarms": 0.07}
    lines = worse({"screen": SCREEN}, {"screen": now})
    assert lines == [
        "screen / recall: 98.0 → 96.0 %",
        "screen / false_alarms: 5.0 → 7.0 %",
    ]
    more = {**SCREEN, "counts": {"recall": 900, "false_alarms": 900, "exact": 2000}}
    assert worse({"screen": SCREEN}, {"screen": more}) == [], "how many is no figure"
    assert worse({}, {"screen": now}) == []
    assert worse({"screen": now}, {"screen": SCREEN}) == []
