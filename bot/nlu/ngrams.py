"""The rows of a fitted TfidfVectorizer, for one message at a time: the same numbers, several times
as fast, since the letters of a word are looked up once and kept.

How letters and words are cut: scikit-learn's `CountVectorizer` (`char_wb`, `word`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

# Words whose letters are kept, by vectoriser.
WORDS_KEPT = 20_000


class NGramRows:
    """Of a vectoriser with sublinear counts and rows of length 1, over text as it comes (neither
    its case nor its accents are changed).
    """

    def __init__(self, fitted: TfidfVectorizer) -> None:
        self._vocabulary: dict[str, int] = fitted.vocabulary_
        self._weights = fitted.idf_.astype(np.float32)
        self._least, self._most = fitted.ngram_range
        self._is_letters = fitted.analyzer == "char_wb"
        self._word = re.compile(fitted.token_pattern)
        self._kept: dict[str, np.ndarray] = {}

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """(n, features), float32, as the vectoriser's own `transform`."""
        rows = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(features) for features, _ in rows)])
        return csr_matrix(
            (
                np.concatenate([values for _, values in rows]) if rows else np.zeros(0, np.float32),
                np.concatenate([features for features, _ in rows])
                if rows
                else np.zeros(0, np.int64),
                ends,
            ),
            shape=(len(rows), len(self._weights)),
        )

    def _row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        found = self._letters(text) if self._is_letters else self._words(text)
        features, counts = np.unique(found, return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self._weights[features]
        length = np.sqrt((values * values).sum())
        return features, values / length if length else values

    def _letters(self, text: str) -> np.ndarray:
        parts = [self._of_word(word) for word in text.split()]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def _of_word(self, word: str) -> np.ndarray:
        kept = self._kept.get(word)
        if kept is not None:
            return kept
        padded = f" {word} "
        pieces = []
        for size in range(self._least, self._most + 1):
            pieces += [padded[at : at + size] for at in range(max(1, len(padded) - size + 1))]
            # A word that is shorter is counted whole, once.
            if len(padded) <= size:
                break
        ids = [self._vocabulary[piece] for piece in pieces if piece in self._vocabulary]
        found = np.array(ids, dtype=np.int64)
        if len(self._kept) < WORDS_KEPT:
            self._kept[word] = found
        return found

    def _words(self, text: str) -> np.ndarray:
        words = self._word.findall(text)
        pieces = [
            " ".join(words[at : at + size])
            for size in range(self._least, self._most + 1)
            for at in range(len(words) - size + 1)
        ]
        ids = [self._vocabulary[piece] for piece in pieces if piece in self._vocabulary]
        return np.array(ids, dtype=np.int64)
