"""Which domain a question belongs to (health, nutrition …), by meaning and by words.

A linear discriminant over the sentence vectors, and words that stand more often in one domain than
in others. Closed forms: a changed library is ready at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

# How much of the spread within domains is kept when it is taken out of the vectors.
RIDGE = 0.3
# What a word that was never seen weighs.
UNSEEN = 1e-3
# A domain is never less likely than this (log-odds would have no end).
UNLIKELIEST = -10.0


class Domains:
    """`domains` of the topics; `words` (topics, features) their words; `vectors` (n, 384) and
    `owner` (n,) their texts.
    """

    def __init__(
        self, domains: Sequence[str], words: csr_matrix, vectors: np.ndarray, owner: np.ndarray
    ) -> None:
        self.names = sorted(set(domains))
        self.of_topic = np.array([self.names.index(name) for name in domains])
        size = len(self.names)
        shape = (size, len(domains))
        members = csr_matrix((np.ones(shape[1]), (self.of_topic, np.arange(shape[1]))), shape)
        told = (members @ words).tocsc()
        # Of a million features (bot.nlu.hashed) a library has one in twenty.
        self._known = np.flatnonzero(np.diff(told.indptr))
        of_all = np.asarray(told.sum(axis=1)).ravel() + UNSEEN * told.shape[1]
        leaning = np.log((told[:, self._known].toarray() + UNSEEN) / of_all[:, None])
        self._words = (leaning - leaning.mean(axis=0)).astype(np.float32)
        unseen = np.log(UNSEEN / of_all)
        self._unseen = unseen - unseen.mean()
        domain = self.of_topic[owner]
        self._middle = vectors.mean(axis=0)
        centred = vectors - self._middle
        own = np.stack([centred[domain == k].mean(axis=0) for k in range(size)])
        spread = centred - own[domain]
        covariance = spread.T @ spread / len(vectors)
        axes = len(covariance)
        covariance += np.eye(axes) * (np.trace(covariance) / axes * RIDGE + 1e-9)
        self._axes = np.linalg.solve(covariance, own.T).T
        share = np.log(np.bincount(domain, minlength=size) / len(domain))
        self._constant = share - 0.5 * np.einsum("ij,ij->i", self._axes, own)

    def chances(self, vector: np.ndarray) -> np.ndarray:
        """(domains,) 0–1 by meaning, in the order of `names`."""
        known = self._axes @ (vector - self._middle) + self._constant
        likely = np.exp(known - known.max())
        shares: np.ndarray = likely / likely.sum()
        return shares

    def look(self, vector: np.ndarray, words: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
        """(topics,) how likely each topic's domain is by meaning (a logarithm), and how far the
        question's words lean to it (about −3 to 3).
        """
        by_meaning = np.maximum(np.log(self.chances(vector) + 1e-12), UNLIKELIEST)
        places = np.minimum(np.searchsorted(self._known, words.indices), len(self._known) - 1)
        known = self._known[places] == words.indices
        by_words = self._words[:, places[known]] @ words.data[known]
        by_words = by_words + self._unseen * words.data[~known].sum()
        return by_meaning[self.of_topic], by_words[self.of_topic]
