"""How alike texts are by their letters: what is measured must not nearly have been taught, and a
message that was only typed otherwise is no second message.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from bot.nlu.normalise import fold, normalise

# Letters of a shingle, and the shared part (0–1) above which two texts are near-duplicates.
SHINGLE, ALIKE = 5, 0.6


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A message as its variants are alike: normalised (teencode, Telex, VNI), without marks."""
    return " ".join(fold(normalise(text)).split())


def seeds(texts: Sequence[str]) -> int:
    """How many messages these are when every way of typing one counts once."""
    return len({plain(text) for text in texts})


def likeness(texts: Sequence[str], others: Sequence[str]) -> np.ndarray:
    """(n, m) shared part (0–1) of two texts' letter shingles, marks put aside."""
    counter = CountVectorizer(
        analyzer="char", ngram_range=(SHINGLE, SHINGLE), binary=True, preprocessor=plain
    )
    rows = counter.fit_transform([*texts, *others]).astype(np.float32)
    a, b = rows[: len(texts)], rows[len(texts) :]
    shared: np.ndarray = (a @ b.T).toarray()
    sizes = np.asarray(a.sum(axis=1)) + np.asarray(b.sum(axis=1)).T
    alike: np.ndarray = shared / np.maximum(sizes - shared, 1)
    return alike


def groups_alike(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first of its group; near-duplicates share one, also through a
    third.
    """
    first = list(range(len(texts)))

    def root(place: int) -> int:
        while first[place] != place:
            place = first[place]
        return place

    # A text shorter than a shingle is only like itself.
    same: dict[str, int] = {}
    pairs = [(same.setdefault(plain(text), place), place) for place, text in enumerate(texts)]
    pairs += zip(*np.nonzero(np.triu(likeness(texts, texts) > ALIKE, 1)), strict=True)
    for one, other in pairs:
        low, high = sorted((root(int(one)), root(int(other))))
        first[high] = low
    return [root(place) for place in range(len(texts))]
