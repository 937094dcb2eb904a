"""Whether a question belongs to the library's subject at all, by the words it is made of and by the
nearest question of another subject (data/search/outside.tsv).

Words that stand more often in the library's questions speak for it, words that stand more often in
questions of another subject against it. A closed form: a changed library is ready at once.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.hashed import HashedRows, Tfidf
from bot.nlu.normalise import fold, normalise
from bot.nlu.shipped_vectors import shipped_vectors
from bot.nlu.views import to_encode

FILE = Path(__file__).resolve().parents[2] / "data/search/outside.tsv"
# What a word that was never seen is taken to weigh on either side.
UNSEEN = 1e-4


class Scope:
    """Made of the library's questions and of those outside; texts are folded, `vectors` (n, 384)
    belong to those outside.
    """

    def __init__(
        self, rows: HashedRows, inside: Sequence[str], outside: Sequence[str], vectors: np.ndarray
    ) -> None:
        self._vectors = vectors
        self._tfidf = Tfidf(rows, [*inside, *outside])
        matrix = self._tfidf.matrix
        ours = np.asarray(matrix[: len(inside)].mean(axis=0)).ravel()
        others = np.asarray(matrix[len(inside) :].mean(axis=0)).ravel()
        self._weights = np.log((ours + UNSEEN) / (others + UNSEEN)).astype(np.float32)
        self._tfidf.forget_matrix()

    def leaning(self, plain: str) -> float:
        """Above 0: its words speak for the library; about −2 to 2."""
        return float((self._tfidf.question(plain) @ self._weights)[0])

    def nearest(self, vector: np.ndarray) -> float:
        """The cosine of the nearest question outside."""
        return float((self._vectors @ vector).max(initial=-1.0))


@lru_cache(maxsize=1)
def outside_questions() -> tuple[str, ...]:
    """The questions outside as they were written."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(dict.fromkeys(row["text"] for row in rows))


@lru_cache(maxsize=1)
def outside_texts() -> tuple[str, ...]:
    """The same, folded."""
    return tuple(dict.fromkeys(fold(normalise(text)) for text in outside_questions()))


@lru_cache(maxsize=1)
def outside_vectors() -> np.ndarray:
    """(n, 384) their meaning."""
    vectors = encode_many([to_encode(text) for text in outside_questions()], VectorCache())
    # Who only answers needs no others.
    shipped_vectors.cache_clear()
    return vectors
