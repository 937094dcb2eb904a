"""The last order of the search's best topics, and each thing that it looks at."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu.domains import Domains
from bot.nlu.marked_letters import MarkedLetters, threes
from bot.nlu.named import KINDS, Named
from bot.nlu.normalise import fold
from bot.nlu.rerank import NAMES, WEIGHTS, scores


def test_letters_are_told_apart_by_their_marks() -> None:
    texts = ["bé bị sốt cao", "nuốt sót lại hạt"]
    letters = MarkedLetters(texts, np.array([0, 1]), 2)

    fever, left = letters.covered("sốt", np.array([0, 1]))

    assert fever == pytest.approx(1.0)
    assert left < 0.5


def test_rare_letters_count_more_than_common_ones() -> None:
    texts = ["bé ăn", "bé ngủ", "bé chơi", "bé quấy"]
    letters = MarkedLetters(texts, np.arange(4), 4)

    own, other = letters.covered("bé quấy", np.array([3, 0]))

    assert own == pytest.approx(1.0)
    assert other < 0.5


@pytest.mark.parametrize("line", ["", "a", "ă", "🙂", "một câu rất bình thường"])
def test_any_line_has_letters_in_a_row(line: str) -> None:
    codes = threes(line)
    assert len(codes) >= 1
    assert (np.diff(codes) > 0).all()
    assert 0 <= MarkedLetters(["bé"], np.array([0]), 1).covered(line, np.array([0]))[0] <= 1


def test_what_a_question_names_and_a_topic_does_not_is_counted_by_kind() -> None:
    texts = ["bé bị sốt thì làm sao", "cho bé ăn trứng", "be ho"]
    named = Named([fold(text) for text in texts], np.array([0, 1, 0]), 2)

    lacking = named.lacking("bé sốt có ăn trứng được không", np.array([0, 1]))

    assert lacking[:, KINDS.index("symptom")].tolist() == [0, 1]
    assert lacking[:, KINDS.index("food")].tolist() == [1, 0]
    assert lacking[:, KINDS.index("vaccine")].tolist() == [0, 0]


def test_words_of_two_texts_name_nothing_together() -> None:
    named = Named(["be tieu", "chay nhay"], np.array([0, 0]), 1)
    assert named.lacking("bé bị tiêu chảy", np.array([0]))[0, KINDS.index("symptom")] == 1


def test_a_question_belongs_to_the_domain_that_its_meaning_and_words_are_near_to() -> None:
    chance = np.random.default_rng(3)
    middles = {"health": np.array([1.0, 0, 0]), "play": np.array([0, 1.0, 0])}
    owner = np.repeat([0, 1, 2, 3], 20)
    domains = ["health", "health", "play", "play"]
    vectors = np.stack([middles[domains[topic]] for topic in owner])
    vectors += chance.normal(0, 0.2, vectors.shape)
    words = csr_matrix(np.array([[1.0, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]]))
    found = Domains(domains, words, vectors, owner)

    assert found.names == ["health", "play"]
    assert found.chances(middles["play"]) == pytest.approx([0, 1], abs=0.05)
    by_meaning, by_words = found.look(middles["health"], csr_matrix([[1.0, 0, 0]]))
    assert by_meaning[0] == by_meaning[1] > by_meaning[2]
    assert by_words[1] > 0 > by_words[3]


def test_a_better_sign_gives_a_better_score_and_every_score_lies_between_0_and_1() -> None:
    assert len(WEIGHTS) == len(NAMES)
    signs = np.full((2, len(NAMES)), 0.3)
    signs[1, NAMES.index("marked_letters")] = 0.9
    low, high = scores(signs)
    assert low < high
    assert scores(np.full((1, len(NAMES)), 50.0)).tolist() == [1.0]
    assert scores(np.full((1, len(NAMES)), -50.0)).tolist() == [0.0]
