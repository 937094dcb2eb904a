"""Word and character n-grams of a message, in both views: as normalised, and without marks.

Shared by the classifiers and by the search.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.normalise import fold, normalise


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
            (_marked, word_vectoriser(min_df=min_df)),
            (_plain, char_vectoriser(min_df=min_df)),
            (_plain, word_vectoriser(min_df=min_df, ngram_range=(1, 3))),
        ]

    def fit(self, texts: list[str]) -> NGrams:
        for view, vectoriser in self.parts:
            vectoriser.fit([view(text) for text in texts])
        return self

    def transform(self, texts: list[str]) -> csr_matrix:
        return hstack(
            [v.transform([view(text) for text in texts]) for view, v in self.parts]
        ).tocsr()


def _marked(text: str) -> str:
    return normalise(text)


def _plain(text: str) -> str:
    return fold(normalise(text))
