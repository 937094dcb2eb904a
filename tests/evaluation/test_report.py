"""What a report says: shares with their intervals, a matrix, bars, and what got worse."""

import pytest

from bot.evaluation.bars import verdicts
from bot.evaluation.compare import worse
from bot.evaluation.intervals import wilson
from bot.evaluation.page import as_html
from bot.evaluation.report import as_text

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


def test_the_page_draws_whiskers_and_shades_the_matrix_and_runs_nothing() -> None:
    page = as_html({"screen": SCREEN})
    assert "--share:98.0%" in page
    assert "--part:0.900" in page
    # From 95 to 100 %: the bar at the left end, the whisker from 96.2 on.
    assert '<i class="limit" style="left:0.0%"></i>' in page
    assert 'class="whisker" style="left:24.86%;' in page
    assert "<script" not in page
    assert "http" not in page


def test_a_bar_is_met_at_its_limit_and_missed_beyond_and_the_weakest_style_is_named() -> None:
    weak = {**FIGURES, "recall": 0.94, "false_alarms": 0.08}
    report = {"screen": {**SCREEN, "styles": {"standard": FIGURES, "teencode": weak}}}
    told = {
        (bar["figure"], bar["where"]): (bar["measured"], bar["met"]) for bar in verdicts(report)
    }
    assert told == {
        ("recall", ""): (0.98, True),
        ("recall", "teencode"): (0.94, False),
        ("false_alarms", ""): (0.05, True),
        ("false_alarms", "teencode"): (0.08, True),
        ("exact", ""): (0.9, True),
        ("ms_median", ""): (5.0, True),
    }
    text = as_text({**report, "met": verdicts(report)})
    assert "5 trên 6 mức đạt" in text
    assert "94.0 % (teencode)  CHƯA ĐẠT" in text
    assert 'class="missed">CHƯA ĐẠT' in as_html({**report, "met": verdicts(report)})


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


def test_a_fall_of_exactly_a_point_is_none_yet() -> None:
    before, now = ({"search": {"top1": share, "error_points": 0.3}} for share in (0.91, 0.9))
    assert worse(before, now) == []
    assert worse(before, {"search": {"error_points": 0.32}}) == [
        "search / error_points: 30.0 → 32.0 / 100"
    ]
