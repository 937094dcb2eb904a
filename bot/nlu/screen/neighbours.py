"""How near a message lies to known danger and to what is known to be safe, by meaning.

The classifier draws straight borders; this asks what was taught on either side of them, so that an
everyday question that only sounds alarming finds its like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.nlu.screen.alert import URGENT

# Directions that are kept of the sentence vector (384): those in which the texts differ most, and
# how far the large ones are brought down (0: not at all, 0.5: all to one size).
DIRECTIONS, EVENED = 192, 0.25
# The nearest of each side that count.
NEAREST = 3
LEAST_SPREAD = 1e-6
# What is pickled with half its digits: the third decimal of a cosine does not move.
HALVED = ("urgent", "safe")


class Neighbours:
    """Taught messages as rows of length 1, (n, DIRECTIONS): `urgent` and `safe` ones; those of the
    soft labels are on neither side.
    """

    def __init__(
        self, centre: np.ndarray, directions: np.ndarray, urgent: np.ndarray, safe: np.ndarray
    ) -> None:
        self.centre, self.directions = centre, directions
        self.urgent, self.safe = urgent, safe

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: Sequence[str]) -> Neighbours:
        """`vectors` (n, 384) of labelled texts."""
        centre = vectors.mean(axis=0)
        spread, directions = np.linalg.eigh(np.cov((vectors - centre).T))
        kept = slice(None, -DIRECTIONS - 1, -1)
        evened = np.maximum(spread[kept], LEAST_SPREAD) ** EVENED
        directions = (directions[:, kept] / evened).astype(np.float32)
        rows = _placed(vectors, centre, directions)
        sides = (np.array([label in URGENT for label in labels]), np.array(labels) == "safe")
        return cls(centre, directions, *(rows[side] for side in sides))

    def nearer(self, vectors: np.ndarray) -> np.ndarray:
        """(n,) of `vectors` (n, 384): how much nearer danger lies than safety, a difference of
        cosines, -2 to 2.
        """
        rows = _placed(vectors, self.centre, self.directions)
        nearer: np.ndarray = _nearness(rows, self.urgent) - _nearness(rows, self.safe)
        return nearer

    def __getstate__(self) -> dict[str, np.ndarray]:
        return {**self.__dict__, **{name: getattr(self, name).astype("f2") for name in HALVED}}

    def __setstate__(self, state: dict[str, np.ndarray]) -> None:
        self.__dict__.update({**state, **{name: state[name].astype("f4") for name in HALVED}})


def _placed(vectors: np.ndarray, centre: np.ndarray, directions: np.ndarray) -> np.ndarray:
    rows = (vectors - centre) @ directions
    placed: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return placed


def _nearness(rows: np.ndarray, taught: np.ndarray) -> np.ndarray:
    """(n,) mean cosine with the nearest of the taught rows."""
    count = min(NEAREST, len(taught))
    best: np.ndarray = np.partition(rows @ taught.T, -count, axis=1)[:, -count:]
    mean: np.ndarray = best.mean(axis=1)
    return mean
