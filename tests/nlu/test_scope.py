"""A question leans towards the library's subject or away from it, by its words."""

import numpy as np
import pytest

from bot.nlu.encoder import DIMENSION
from bot.nlu.hashed import WORDS, HashedRows
from bot.nlu.normalise import fold, normalise
from bot.nlu.scope import Scope, outside_texts

INSIDE = ("be 6 thang an dam duoc chua", "con hay khoc dem phai lam sao", "be ho co can di kham")
OUTSIDE = (
    "gia vang hom nay bao nhieu",
    "chong toi bi gut kieng an gi",
    "viet giup toi don nghi phep",
)


def leaning(text: str) -> float:
    return scope().leaning(fold(normalise(text)))


def scope() -> Scope:
    vectors = np.eye(len(OUTSIDE), DIMENSION, dtype=np.float32)
    return Scope(HashedRows(WORDS), INSIDE, OUTSIDE, vectors)


def test_the_nearest_question_outside_is_told_by_its_cosine() -> None:
    asked = np.zeros(DIMENSION, np.float32)
    asked[:2] = 0.6, 0.8

    assert scope().nearest(asked) == pytest.approx(0.8)


def test_words_of_the_librarys_questions_speak_for_it_and_others_against() -> None:
    assert leaning("bé khóc đêm") > 0
    assert leaning("giá vàng") < 0


def test_words_that_nobody_used_say_nothing() -> None:
    assert abs(leaning("xyzzy")) < 1e-6


def test_the_shipped_questions_outside_are_many_and_each_stands_once() -> None:
    texts = outside_texts()
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)
