"""Which topic a question belongs to, by what each topic's texts have in common and by its nearest
texts. Closed forms only: a changed library is ready in a second.

Weights were chosen on tests/data/search/dev.tsv (docs/evaluation.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

from bot.nlu.hashed import CHARACTERS, WORDS, HashedRows, Tfidf

# Of a topic: its letters, its words, its meaning, and its nearest texts.
WEIGHTS = (0.15, 0.40, 0.15, 0.30)
# Of a text that is near: meaning, letters, words.
NEAR = (0.40, 0.30, 0.30)
NEAREST = 4
NEAREST_SHARE = 0.7
# Cosines of e5 lie between these; what is below says nothing.
COSINE_FLOOR, COSINE_TOP = 0.80, 0.97
# How much of the spread within topics is kept when it is taken out of the vectors.
RIDGE = 0.3
PIECE = 0.5
# In a larger library than this (the shipped one is smaller) letters and nearest texts are looked at
# of so many topics alone, the best by words and meaning: thousands of articles are as quick.
ALL_LOOKED_AT, SHORTLIST = 600, 200


@dataclass(frozen=True)
class TopicText:
    """One text of a topic; `plain` is folded, `is_piece` when it is no question and no title,
    `typed` has its marks.
    """

    topic: int
    plain: str
    is_piece: bool
    typed: str


@dataclass(frozen=True)
class Look:
    """What the index finds of a question: `scores` (topics,), 0–1, and what they are made of,
    `parts` (4, topics) in the order of WEIGHTS; the cosine of the nearest text; the question's
    words by their weight. What was not looked at is 0.
    """

    scores: np.ndarray
    parts: np.ndarray
    nearest: float
    words: csr_matrix


class TopicRows:
    """Rows of texts that live longer than one index, so that an edit costs only its own texts."""

    def __init__(self) -> None:
        self.letters, self.words = HashedRows(CHARACTERS), HashedRows(WORDS)


class TopicIndex:
    """Scores every topic for a question. `vectors` (n, 384) belong to `texts`."""

    def __init__(
        self, texts: Sequence[TopicText], vectors: np.ndarray, topics: int, rows: TopicRows
    ) -> None:
        plain = [text.plain for text in texts]
        owner = np.array([text.topic for text in texts], dtype=np.int64)
        share = np.array([PIECE if text.is_piece else 1.0 for text in texts], dtype=np.float32)
        self._letters, self._words = Tfidf(rows.letters, plain), Tfidf(rows.words, plain)
        members = csr_matrix((share, (owner, np.arange(len(texts)))), shape=(topics, len(texts)))
        self.words_of_topic = normalize(members @ self._words.matrix).tocsr()
        # Turned about: a question then meets only the features that it has.
        self._topic_words = self.words_of_topic.T.tocsr()
        self._looks_at_all = topics <= ALL_LOOKED_AT
        letters = normalize(members @ self._letters.matrix)
        if self._looks_at_all:
            self._topic_letters = letters.T.tocsr()
            self._by_feature = [t.matrix.T.tocsr() for t in (self._letters, self._words)]
            self._letters.forget_matrix()
            self._words.forget_matrix()
        else:
            self._letters_of_topic = letters.tocsr()
        self._vectors = vectors
        self._mean = vectors.mean(axis=0)
        self._whiten = _within(vectors, owner, topics)
        self._topic_vectors = normalize(
            np.asarray(members @ normalize((vectors - self._mean) @ self._whiten))
        )
        self._near_share = np.where(share < 1, 0.85, 1.0).astype(np.float32)
        self._places = _places(owner, topics)

    def look(self, plain: str, vector: np.ndarray) -> Look:
        """`plain` is the folded question, `vector` (384,) its meaning."""
        letters, words = self._letters.question(plain), self._words.question(plain)
        meaning = normalize(((vector - self._mean) @ self._whiten).reshape(1, -1))
        parts = np.zeros((len(WEIGHTS), len(self._topic_vectors)), np.float32)
        parts[1] = _dense_product(words, self._topic_words)
        parts[2] = (self._topic_vectors @ meaning.T).ravel()
        best = np.arange(parts.shape[1])
        if self._looks_at_all:
            parts[0] = _dense(letters @ self._topic_letters)
        else:
            best = np.argpartition(-(np.array(WEIGHTS) @ parts), SHORTLIST)[:SHORTLIST]
            parts[0, best] = self._letters_of_topic[best] @ _dense(letters)
        parts[3, best], nearest = self._nearest(letters, words, vector, best)
        return Look(np.array(WEIGHTS) @ parts, parts, nearest, words)

    def covered(self, look: Look, topic: int) -> float:
        """How much of the question's words, by their weight, the topic's texts have: 0–1."""
        row = look.words
        known = self.words_of_topic[topic].indices
        return float((row.data[np.isin(row.indices, known)] ** 2).sum())

    def _nearest(
        self, letters: csr_matrix, words: csr_matrix, vector: np.ndarray, topics: np.ndarray
    ) -> tuple[np.ndarray, float]:
        """(topics,) how near the nearest texts of these topics are; the cosine of the nearest."""
        places = self._places[topics]
        filled = places < len(self._vectors)
        texts = places[filled]
        cosines = (
            (self._vectors @ vector)[texts] if self._looks_at_all else self._vectors[texts] @ vector
        )
        cosine = (cosines - COSINE_FLOOR) / (COSINE_TOP - COSINE_FLOOR)
        by_letters, by_words = self._shared(letters, words, texts)
        near = (
            NEAR[0] * np.clip(cosine, 0, 1) + NEAR[1] * by_letters + NEAR[2] * by_words
        ) * self._near_share[texts]
        by_topic = np.zeros(places.shape, near.dtype)
        by_topic[filled] = near
        best = -np.sort(-by_topic, axis=1)[:, :NEAREST]
        share: np.ndarray = NEAREST_SHARE * best[:, 0] + (1 - NEAREST_SHARE) * best[:, 1:].mean(1)
        return share, float(cosines.max())

    def _shared(
        self, letters: csr_matrix, words: csr_matrix, texts: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """What each of the texts shares with the question, by letters and by words."""
        if self._looks_at_all:
            by_letters, by_words = self._by_feature
            return _dense(letters @ by_letters)[texts], _dense(words @ by_words)[texts]
        return (
            self._letters.matrix[texts] @ _dense(letters),
            self._words.matrix[texts] @ _dense(words),
        )


def _dense_product(row: csr_matrix, by_feature: csr_matrix) -> np.ndarray:
    """`row @ by_feature`, dense: many topics have a common word, and scipy's sparse answer takes
    ten times as long.
    """
    product = np.zeros(by_feature.shape[1], np.float32)
    for feature, value in zip(row.indices, row.data, strict=True):
        own = slice(by_feature.indptr[feature], by_feature.indptr[feature + 1])
        product[by_feature.indices[own]] += by_feature.data[own] * np.float32(value)
    return product


def _dense(row: csr_matrix) -> np.ndarray:
    return np.asarray(row.toarray()).ravel()


def _within(vectors: np.ndarray, owner: np.ndarray, topics: int) -> np.ndarray:
    """(384, 384) that evens out how texts of one topic differ among themselves."""
    ones = np.ones(len(owner), np.float32)
    sums = csr_matrix((ones, (owner, np.arange(len(owner)))), (topics, len(owner))) @ vectors
    counts = np.maximum(np.bincount(owner, minlength=topics), 1)
    spread = vectors - (sums / counts[:, None])[owner]
    covariance = spread.T @ spread / len(vectors)
    size = len(covariance)
    covariance += np.eye(size) * (np.trace(covariance) / size * RIDGE + 1e-9)
    values, axes = np.linalg.eigh(covariance)
    return np.asarray((axes @ np.diag(values**-0.5)).astype(np.float32))


def _places(owner: np.ndarray, topics: int) -> np.ndarray:
    """(topics, most texts of one): places of each topic's texts, padded with one past the end."""
    counts = np.bincount(owner, minlength=topics)
    width = max(NEAREST, int(counts.max(initial=0)))
    places = np.full((topics, width), len(owner), dtype=np.int64)
    filled = np.zeros(topics, dtype=np.int64)
    for place, topic in enumerate(owner):
        places[topic, filled[topic]] = place
        filled[topic] += 1
    return places
