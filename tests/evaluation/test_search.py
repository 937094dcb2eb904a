"""What an answer costs: wrong with confidence twice what a question back costs."""

import pytest

from bot.evaluation.asked import NONE, Asked
from bot.evaluation.search import search_figures
from bot.programme.search import Hit, SearchResult

HITS = [Hit("sot", "Bé sốt", 0.9, True), Hit("ho", "Bé ho", 0.4, True)]


def asked(slug: str) -> Asked:
    return Asked((slug,), "standard", None, "bé sốt")


@pytest.mark.parametrize(
    ("slug", "decision", "points"),
    [
        ("sot", "answer", 0.0),
        ("ho", "answer", 2.0),
        ("sot", "did_you_mean", 1.0),
        ("ho", "did_you_mean", 1.0),
        ("sot", "nothing", 1.0),
        (NONE, "nothing", 0.0),
        (NONE, "did_you_mean", 1.0),
        (NONE, "answer", 2.0),
    ],
)
def test_a_wrong_answer_given_with_confidence_counts_twice(
    slug: str, decision: str, points: float
) -> None:
    figures = search_figures([(asked(slug), SearchResult(decision, HITS))])
    assert figures["error_points"] == points


def test_the_points_are_a_mean_over_all_questions() -> None:
    found = [
        (asked("sot"), SearchResult("answer", HITS)),
        (asked("ho"), SearchResult("answer", HITS)),
        (asked(NONE), SearchResult("did_you_mean", HITS)),
        (asked(NONE), SearchResult("nothing", HITS)),
    ]
    assert search_figures(found)["error_points"] == 0.75
