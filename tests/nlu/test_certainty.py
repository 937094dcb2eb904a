"""How sure the search is, by what speaks for its best article."""

from dataclasses import replace

import pytest

from bot.nlu.certainty import Signs, certainty

CLEAR = Signs(best=(0.7, 0.4, 0.35, 0.3), leaning=1.0, nearer=-0.05, covered=0.8, words=10)


def test_a_clear_question_is_answered_with_confidence() -> None:
    first, inside = certainty(CLEAR)

    assert first > 0.9
    assert inside > 0.9


@pytest.mark.parametrize(
    "worse",
    [{"leaning": -1.0}, {"nearer": 0.05}, {"covered": 0.2}, {"best": (0.4, 0.38, 0.36, 0.35)}],
)
def test_what_speaks_against_the_library_lowers_the_chance(worse: dict[str, object]) -> None:
    assert certainty(replace(CLEAR, **worse))[1] < certainty(CLEAR)[1]


def test_two_articles_that_are_as_good_make_it_unsure_which_is_right() -> None:
    assert certainty(replace(CLEAR, best=(0.7, 0.69, 0.35, 0.3)))[0] < certainty(CLEAR)[0]


def test_a_library_of_one_article_is_no_special_case() -> None:
    assert 0 <= min(certainty(replace(CLEAR, best=(0.5,)))) <= 1
