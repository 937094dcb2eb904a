"""Texts ranked for questions on anybody's data: sentence vectors, words and letters joined.

Nothing is learned from what is relevant. What the collection is like is counted over documents and
questions together, since documents that are titles alone do not hold the words of every letter.
"""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np

from bot.nlu.encoder import DIMENSION, encode_many
from bot.nlu.normalise import fold, normalise
from bot.nlu.textfeatures import char_vectoriser, word_vectoriser
from bot.nlu.views import to_encode

# Shares of the three, each brought to mean 0 and deviation 1 over the documents of a question; all
# numbers here were chosen on half of the ViHealthBERT FAQ's letters (docs/evaluation.md).
VECTOR_SHARE, WORD_SHARE, LETTER_SHARE = 0.4, 0.4, 0.2
# A document near to everything is taken back by what its nearest questions give it on the average.
NEAREST_QUESTIONS, TAKEN_BACK = 10, 0.75
# A mean over n questions is trusted as n / (n + FEW): one question tells nothing.
FEW = 10
# A letter is encoded to here, for speed; its words are read to the end.
QUESTION_CHARACTERS = 300


class Matcher:
    """Scores of questions against texts; higher is nearer."""

    def __init__(self, texts: list[str]) -> None:
        self._lines = [normalise(text) for text in texts]
        self._vectors = encode_many([to_encode(text) for text in texts])

    def scores(self, questions: list[str]) -> np.ndarray:
        """(questions, texts). The questions are looked at together: which texts are near to any of
        them, and how rare a word is, comes from all.
        """
        vectors = encode_many([to_encode(question)[:QUESTION_CHARACTERS] for question in questions])
        asked = [normalise(question) for question in questions]
        return without_hubs(
            VECTOR_SHARE * _standard(_vector_scores(vectors, self._vectors))
            + WORD_SHARE * _standard(_tfidf_scores(word_vectoriser(), asked, self._lines))
            + LETTER_SHARE
            * _standard(
                _tfidf_scores(
                    char_vectoriser(), list(map(fold, asked)), list(map(fold, self._lines))
                )
            )
        )


def without_hubs(scores: np.ndarray) -> np.ndarray:
    """(questions, texts) without a part of each text's mean score with its nearest questions; the
    fewer questions, the less of it.
    """
    n = len(scores)
    nearest = np.sort(scores, axis=0)[-NEAREST_QUESTIONS:].mean(axis=0)
    plain: np.ndarray = scores - TAKEN_BACK * n / (n + FEW) * nearest
    return plain


def _vector_scores(questions: np.ndarray, texts: np.ndarray) -> np.ndarray:
    """(questions, texts) cosines after what all have in common is taken out: the encoder's vectors
    lie in a narrow cone, some directions of which say only that parents write.
    """
    middle = texts.mean(axis=0)
    # Letters lie elsewhere than titles; a few letters do not tell where.
    own_middle = (questions.sum(axis=0) + 2 * FEW * middle) / (len(questions) + 2 * FEW)
    texts, questions = texts - middle, questions - own_middle
    both = np.vstack([texts, questions]).astype(np.float64)
    spread = both.T @ both / len(both)
    # The fewer texts, the less is known of the directions, and the more they are left alone.
    spread += (
        np.eye(DIMENSION) * (np.trace(spread) / DIMENSION + 1e-9) * (1 + DIMENSION / len(both))
    )
    inverse = np.linalg.inv(spread)
    lengths = [
        np.sqrt(np.einsum("ij,jk,ik->i", rows, inverse, rows)) for rows in (questions, texts)
    ]
    cosines: np.ndarray = (questions @ inverse @ texts.T) / (np.outer(*lengths) + 1e-9)
    return cosines


def _tfidf_scores(vectoriser: Any, questions: list[str], texts: list[str]) -> np.ndarray:
    vectoriser.fit([*texts, *questions])
    found: np.ndarray = (vectoriser.transform(questions) @ vectoriser.transform(texts).T).toarray()
    return found


def _standard(scores: np.ndarray) -> np.ndarray:
    spread = scores.std(axis=1, keepdims=True)
    standard: np.ndarray = (scores - scores.mean(axis=1, keepdims=True)) / np.where(
        spread > 1e-9, spread, 1
    )
    return standard


def rank_documents(
    documents: list[dict[str, Any]], queries: list[dict[str, Any]]
) -> dict[str, float]:
    """P@1, P@3, MRR, nDCG@10 and ms a query; an empty `text` leaves the title alone."""
    texts = [
        " ".join(filter(None, (document["title"], document.get("text") or "")))
        for document in documents
    ]
    matcher = Matcher(texts)
    ids = [document["id"] for document in documents]
    first = third = reciprocal = gain = 0.0
    begun = time.perf_counter()
    scores = matcher.scores([query["text"] for query in queries])
    for query, row in zip(queries, scores, strict=True):
        order = [ids[i] for i in np.argsort(-row, kind="stable")]
        relevant = set(query["relevant"])
        places = [place for place, found in enumerate(order, 1) if found in relevant]
        first += bool(places and places[0] == 1)
        third += sum(place <= 3 for place in places) / 3
        reciprocal += 1 / places[0] if places else 0
        ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
        gain += (
            sum(1 / math.log2(place + 1) for place in places if place <= 10) / ideal if ideal else 0
        )
    n = len(queries)
    took = (time.perf_counter() - begun) * 1000
    return {
        "P@1": first / n,
        "P@3": third / n,
        "MRR": reciprocal / n,
        "nDCG@10": gain / n,
        "ms": took / n,
        "n": n,
    }
