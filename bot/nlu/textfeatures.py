"""Word and character n-grams of a message, in both views: with its marks (put back when it bears
none), and without marks.

Shared by the classifiers and by the search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.ngrams import NGramRows
from bot.nlu.views import plain_readings, to_encode

MARKED, PLAIN = "marked", "plain"
# The texts in each of the two.
Views = Mapping[str, Sequence[str]]


def read_views(texts: Sequence[str]) -> Views:
    """Both, text by text: what they share is read once."""
    pairs = [(to_encode(text), plain_readings(text)) for text in texts]
    return {MARKED: [marked for marked, _ in pairs], PLAIN: [plain for _, plain in pairs]}


def char_vectoriser(**options: Any) -> TfidfVectorizer:
    """Character 2–5-grams within words."""
    settings = {
        "analyzer": "char_wb",
        "ngram_range": (2, 5),
        "sublinear_tf": True,
        "lowercase": False,
        "dtype": np.float32,
        **options,
    }
    return TfidfVectorizer(**settings)


def word_vectoriser(**options: Any) -> TfidfVectorizer:
    """Words and pairs of words."""
    settings = {
        "analyzer": "word",
        "ngram_range": (1, 2),
        "token_pattern": r"\w+",
        "sublinear_tf": True,
        "lowercase": False,
        "dtype": np.float32,
        **options,
    }
    return TfidfVectorizer(**settings)


class NGrams:
    """Fitted word 1–2-grams and character n-grams over both views; rows are sparse."""

    def __init__(self, *, min_df: int = 2) -> None:
        self.parts = [
            (MARKED, word_vectoriser(min_df=min_df)),
            (PLAIN, char_vectoriser(min_df=min_df)),
            (PLAIN, word_vectoriser(min_df=min_df, ngram_range=(1, 3))),
        ]
        self._made: list[NGramRows] | None = None

    def fit_transform(self, views: Views) -> csr_matrix:
        """Learns the n-grams of the texts and gives their rows."""
        return hstack([v.fit_transform(views[view]) for view, v in self.parts]).tocsr()

    def transform(self, views: Views) -> csr_matrix:
        """The rows of texts."""
        rows = zip(self.parts, self._rows(), strict=True)
        return hstack([row.transform(views[view]) for (view, _), row in rows], format="csr")

    def _rows(self) -> list[NGramRows]:
        """Made at the first message; what is kept of words is not pickled."""
        if self._made is None:
            self._made = [NGramRows(vectoriser) for _, vectoriser in self.parts]
        return self._made

    def __getstate__(self) -> dict[str, Any]:
        return {"parts": self.parts}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.parts, self._made = state["parts"], None
