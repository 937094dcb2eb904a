"""A linear classifier over n-grams and, where there is one, the sentence vector. Two models: with
and without. Beside them the taught messages that are near by meaning.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bot.nlu.normalise import normalise
from bot.nlu.screen.neighbours import Neighbours
from bot.nlu.textfeatures import MARKED, NGrams, Views, read_views

# What the sentence vector (length 1) counts beside the n-grams.
VECTOR_WEIGHT = 1.0


class ScreenClassifier:
    """Chances of the nine labels of SAFETY.md (`safe` too), each by itself. Shared out to a sum of
    1, a message that every label doubts would look like danger, four of the nine being urgent.
    """

    def __init__(
        self,
        ngrams: NGrams,
        plain: LogisticRegression,
        joined: LogisticRegression,
        neighbours: Neighbours,
    ) -> None:
        self.ngrams, self.plain, self.joined = ngrams, plain, joined
        self.neighbours = neighbours

    @classmethod
    def fit(
        cls,
        views: Views,
        labels: list[str],
        vectors: np.ndarray,
        weights: np.ndarray,
    ) -> ScreenClassifier:
        """Trains both models; `vectors` (n, 384), `weights` (n,) say how much each text counts."""
        ngrams = NGrams()
        features = ngrams.fit_transform(views)
        # One model a label: as good as one of all, and ten times as quick to train.
        settings = {
            "C": 100.0,
            "solver": "liblinear",
            # A finer one takes a fifth longer and moves no label.
            "tol": 1e-3,
            "random_state": 7,
        }
        with_vectors = hstack([features, csr_matrix(vectors * np.float32(VECTOR_WEIGHT))])

        def fitted(rows: csr_matrix) -> LogisticRegression:
            return LogisticRegression(**settings).fit(rows, labels, sample_weight=weights)

        # liblinear lets other threads run.
        with ThreadPoolExecutor(2) as pool:
            plain, joined = pool.map(fitted, (features, with_vectors))
        for model in (plain, joined):
            # Half the memory; the chances move by less than a millionth.
            model.coef_ = model.coef_.astype(np.float32)
        return cls(ngrams, plain, joined, Neighbours.fit(vectors, labels))

    def chances(self, text: str, vector: np.ndarray | None = None) -> dict[str, float]:
        """Label → chance 0–1, by words and letters alone when there is no vector."""
        return self.chances_of([text], None if vector is None else vector.reshape(1, -1))[0]

    def chances_as_typed(self, text: str) -> dict[str, float]:
        """By words and letters alone, no mark put back."""
        rows = self.ngrams.transform({**read_views([text]), MARKED: [normalise(text)]})
        return self._named(self.plain, rows)[0]

    def chances_of(
        self, texts: Sequence[str], vectors: np.ndarray | None = None
    ) -> list[dict[str, float]]:
        """The chances of many texts; `vectors` (n, 384)."""
        return self.chances_of_views(read_views(texts), vectors)

    def chances_of_views(
        self, views: Views, vectors: np.ndarray | None = None
    ) -> list[dict[str, float]]:
        """The same of texts that were read before."""
        model, features = self.plain, self.ngrams.transform(views)
        if vectors is not None:
            own = csr_matrix(vectors.astype(np.float32) * np.float32(VECTOR_WEIGHT))
            model, features = self.joined, hstack([features, own]).tocsr()
        return self._named(model, features)

    @staticmethod
    def _named(model: LogisticRegression, rows: csr_matrix) -> list[dict[str, float]]:
        return [
            dict(zip(model.classes_, map(float, row), strict=True))
            for row in expit(model.decision_function(rows))
        ]

    def save(self, path: Path) -> None:
        """Writes the file whole or not at all."""
        temporary = path.with_suffix(".tmp")
        temporary.write_bytes(pickle.dumps((self.ngrams, self.plain, self.joined, self.neighbours)))
        temporary.replace(path)

    @classmethod
    def load(cls, models: Path) -> ScreenClassifier | None:
        """The classifier that fits the training data, else the newest, else None."""
        from bot.nlu.screen.files import classifier_file

        fitting = classifier_file(models)
        files = (
            [fitting]
            if fitting.is_file()
            else sorted(models.glob("screen-*.pickle"), key=lambda p: p.stat().st_mtime)
        )
        if not files:
            return None
        return cls(*pickle.loads(files[-1].read_bytes()))  # noqa: S301 - our own file, made by training
