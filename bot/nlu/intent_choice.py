"""A classifier of labelled lines that chooses its own settings on the lines it is given.

For data that nobody here has seen (`mam nlu fit-intents`). The assistant's own intents have fixed
settings and chances (bot/nlu/intents.py); this gives labels alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.encoder import encode
from bot.nlu.normalise import fold, normalise
from bot.nlu.textfeatures import MARKED, PLAIN, char_vectoriser, word_vectoriser
from bot.nlu.views import to_encode

FOLDS = 3
SEED = 7
# More lines than this tell no more about the settings, but cost time; all are learned from.
MOST_COMPARED = 5_000

PAIRS, TRIPLES = "pairs of words, marked", "three words, plain"
LETTERS, PLAIN_LETTERS = "letters, marked", "letters, plain"
PARTS: tuple[tuple[str, ...], ...] = (
    (PAIRS, LETTERS),
    (PAIRS, PLAIN_LETTERS, TRIPLES),
    (PAIRS, LETTERS, PLAIN_LETTERS, TRIPLES),
)
# Beside those of `Settings`, where the choosing begins.
VECTOR_WEIGHTS = (0.0, 0.5, 1.5)
COSTS = (0.2, 1.5)
# Logistic regression needs more than a support vector machine for the same closeness.
LOGISTIC_COST = 20.0


@dataclass(frozen=True)
class Settings:
    """What is chosen; a vector weight of 0 leaves the encoder out."""

    parts: tuple[str, ...] = PARTS[0]
    vector_weight: float = 1.0
    cost: float = 0.5
    balanced: bool = False
    logistic: bool = False

    def classifier(self) -> LinearSVC | LogisticRegression:
        options: dict[str, Any] = {
            "C": self.cost,
            "class_weight": "balanced" if self.balanced else None,
            "tol": 1e-2,
            "random_state": SEED,
        }
        return (
            LogisticRegression(solver="liblinear", dual=True, max_iter=3000, **options)
            if self.logistic
            else LinearSVC(max_iter=3000, **options)
        )


class Features:
    """Rows of texts by part, fitted to the first texts; vectors are brought to mean 0, length 1."""

    def __init__(self, lines: Sequence[Line], vectors: np.ndarray) -> None:
        self._vectorisers = {
            PAIRS: (MARKED, word_vectoriser()),
            TRIPLES: (PLAIN, word_vectoriser(ngram_range=(1, 3))),
            LETTERS: (MARKED, char_vectoriser()),
            PLAIN_LETTERS: (PLAIN, char_vectoriser()),
        }
        for view, vectoriser in self._vectorisers.values():
            vectoriser.fit([getattr(line, view) for line in lines])
        # Vectors as they come all point one way, on which the classifier spends most of its time.
        self._middle = vectors.mean(axis=0)
        self._length = float(np.sqrt(((vectors - self._middle) ** 2).sum(axis=1).mean())) or 1.0

    def part(self, name: str, lines: Sequence[Line]) -> csr_matrix:
        view, vectoriser = self._vectorisers[name]
        return vectoriser.transform([getattr(line, view) for line in lines])

    def vector_part(self, vectors: np.ndarray) -> csr_matrix:
        return csr_matrix((vectors - self._middle) / self._length)


@dataclass(frozen=True)
class Line:
    """A text as both views read it."""

    marked: str
    plain: str

    @classmethod
    def of(cls, text: str) -> Line:
        # Corpora with their words put together write "bệnh_viện".
        text = text.replace("_", " ")
        return cls(to_encode(text), fold(normalise(text)))


class ChosenModel:
    """Gives a label for a text, with the settings that did best on the lines it learned from."""

    def __init__(self, features: Features, settings: Settings, classifier: Any) -> None:
        self._features, self.settings, self._classifier = features, settings, classifier

    @classmethod
    def fit(cls, lines: Sequence[Line], labels: Sequence[str], vectors: np.ndarray) -> ChosenModel:
        """`vectors` (n, 384) of the lines' marked view."""
        features = Features(lines, vectors)
        blocks = {name: features.part(name, lines) for parts in PARTS for name in parts}
        dense = features.vector_part(vectors)
        settings = choose(blocks, dense, np.asarray(labels))
        rows = _joined([blocks[name] for name in settings.parts], dense, settings)
        return cls(features, settings, settings.classifier().fit(rows, labels))

    def label(self, text: str) -> str:
        line = Line.of(text)
        settings, features = self.settings, self._features
        blocks = [features.part(name, [line]) for name in settings.parts]
        vector = encode(line.marked).reshape(1, -1) if settings.vector_weight else None
        dense = None if vector is None else features.vector_part(vector)
        return str(self._classifier.predict(_joined(blocks, dense, settings))[0])


def choose(blocks: dict[str, csr_matrix], dense: csr_matrix, labels: np.ndarray) -> Settings:
    """The settings with the highest accuracy under cross-validation, one after another: parts, the
    vectors' weight, cost, balance, kind of model. Of equals the first stands. With fewer lines than
    can be split, the defaults.
    """
    best = Settings()
    splits = _splits(labels)
    if not splits:
        return best
    known: dict[Settings, float] = {}

    def best_of(candidates: Iterable[Settings]) -> Settings:
        for settings in candidates:
            if settings not in known:
                rows = _joined([blocks[name] for name in settings.parts], dense, settings)
                known[settings] = sum(
                    float(
                        (
                            settings.classifier().fit(rows[a], labels[a]).predict(rows[b])
                            == labels[b]
                        ).sum()
                    )
                    for a, b in splits
                )
        return max(known, key=lambda settings: known[settings])

    best = best_of(Settings(parts) for parts in PARTS)
    best = best_of(replace(best, vector_weight=weight) for weight in VECTOR_WEIGHTS)
    best = best_of(replace(best, cost=cost) for cost in COSTS)
    best = best_of([replace(best, balanced=True)])
    return best_of([replace(best, logistic=True, cost=LOGISTIC_COST)])


def _splits(labels: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Places learned from and places judged, each label in its share."""
    taken = np.sort(np.random.default_rng(SEED).permutation(len(labels))[:MOST_COMPARED])
    counts = Counter(labels[taken])
    # A label that stands once or twice would be judged by a model that never saw it.
    judged = np.array([place for place in taken if counts[labels[place]] >= FOLDS])
    if len({labels[place] for place in judged}) < 2:
        return []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return [(judged[a], judged[b]) for a, b in folds.split(judged, labels[judged])]


def _joined(blocks: list[csr_matrix], dense: csr_matrix | None, settings: Settings) -> csr_matrix:
    weighted = (
        [dense * np.float32(settings.vector_weight)]
        if dense is not None and settings.vector_weight
        else []
    )
    return hstack([*blocks, *weighted]).tocsr()
