"""TF-IDF without a vocabulary: a text's row never changes, so one new text costs one new row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

CHARACTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5)}
WORDS: dict[str, Any] = {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\w+"}
FEATURES = 2**20


class HashedRows:
    """Rows of texts with their counts dampened, kept by text."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._hasher = HashingVectorizer(
            n_features=FEATURES, alternate_sign=False, norm=None, lowercase=False, **settings
        )
        self._kept: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """(n, FEATURES); only texts not seen before are looked at."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            counts = self._hasher.transform(new)
            weights = 1 + np.log(counts.data)
            for number, text in enumerate(new):
                part = slice(counts.indptr[number], counts.indptr[number + 1])
                self._kept[text] = (counts.indices[part].copy(), weights[part].astype(np.float32))
        rows = [self._kept[text] for text in texts]
        ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
        return csr_matrix(
            (
                np.concatenate([data for _, data in rows]) if rows else np.zeros(0, np.float32),
                np.concatenate([indices for indices, _ in rows]) if rows else np.zeros(0, np.int32),
                ends,
            ),
            shape=(len(rows), FEATURES),
        )

    def one(self, text: str) -> csr_matrix:
        """The row of a question; not kept."""
        counts = self._hasher.transform([text])
        counts.data = 1 + np.log(counts.data)
        return counts

    def forget_all_but(self, texts: Sequence[str]) -> None:
        """Drops rows of texts that are no more."""
        wanted = set(texts)
        self._kept = {text: row for text, row in self._kept.items() if text in wanted}


class Tfidf:
    """The rows of a collection, weighted by how rare each feature is in it, of length 1."""

    def __init__(self, rows: HashedRows, texts: Sequence[str]) -> None:
        self._rows = rows
        counts = rows.of(texts)
        n = counts.shape[0]
        document_frequency = np.bincount(counts.indices, minlength=FEATURES)
        self._idf = (np.log((1 + n) / (1 + document_frequency)) + 1).astype(np.float32)
        self.matrix: csr_matrix = normalize(counts @ diags(self._idf)).tocsr()

    def forget_matrix(self) -> None:
        """Drops the rows of the collection, where they are kept in another form."""
        del self.matrix

    def question(self, text: str) -> csr_matrix:
        """A question's row, of length 1."""
        row = self._rows.one(text)
        row.data = row.data * self._idf[row.indices]
        return normalize(row)
