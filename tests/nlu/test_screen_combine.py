"""Lexicon, numbers and classifier are joined by weights that can be read."""

import pytest

from bot.nlu.screen.combine import features, read_combination, urgent_chance
from bot.nlu.screen.rules import Finding

UNSURE = {"medical_emergency": 0.3, "safe": 0.6, "see_doctor_soon": 0.1}
SIGN = Finding("convulsion", "medical_emergency", "co giật")
DENIED = Finding("convulsion", "medical_emergency", "co giật", cancelled="negation")
COUNTED = Finding("young_infant_fever", "medical_emergency", "38,5", is_counted=True)


def chance(*findings: Finding, words: int = 12, encoder: bool = False) -> float:
    return urgent_chance(features(UNSURE, list(findings), [], words), with_encoder=encoder)


@pytest.mark.parametrize("encoder", [False, True])
def test_a_standing_sign_adds_and_one_that_is_taken_back_subtracts(encoder: bool) -> None:
    assert chance(DENIED, encoder=encoder) < chance(encoder=encoder) < chance(SIGN, encoder=encoder)


def test_what_numbers_say_adds_to_a_sign() -> None:
    assert chance(COUNTED) > chance(SIGN)


def test_a_sign_says_less_in_a_long_story() -> None:
    assert chance(SIGN, words=80) < chance(SIGN, words=30)


def test_near_danger_says_more_than_near_what_is_safe() -> None:
    def nearer(by: float) -> float:
        return urgent_chance(features(UNSURE, [], [], 12, by), with_encoder=True)

    assert nearer(0.2) > nearer(0.0) > nearer(-0.2)


def test_every_feature_has_its_weight_and_both_ways_their_threshold() -> None:
    for way, nearer in (("with_encoder", 0.1), ("without_encoder", None)):
        found = features(UNSURE, [], [], 5, nearer)
        assert set(read_combination()[way]) == {*found, "constant"}
        assert 0 < read_combination()["urgent_at"][way] < 1
