"""Which letters in a row, with their marks, the texts of each topic have: the index of the search
looks at letters without marks, where "sốt" and "sót" are one.

Every three letters are one whole number, so that thousands of texts take half a second and 2 MB.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Letters are numbers below 2**21.
BITS = 21


class MarkedLetters:
    """`typed` are the texts of all topics as `one_line` gives them, `owner` (n,) their topics."""

    def __init__(self, typed: Sequence[str], owner: np.ndarray, topics: int) -> None:
        lines: list[list[str]] = [[] for _ in range(topics)]
        for topic, line in zip(owner, typed, strict=True):
            lines[int(topic)].append(line)
        own = [threes("  ".join(texts)) for texts in lines]
        self._known, often = np.unique(np.concatenate(own), return_counts=True)
        self._rarity = (np.log((1 + topics) / (1 + often)) + 1).astype(np.float32)
        self._unknown = float(np.log(1 + topics) + 1)
        self._own = [np.searchsorted(self._known, codes).astype(np.int32) for codes in own]

    def covered(self, line: str, topics: np.ndarray) -> np.ndarray:
        """(topics,) 0–1: how much of the line's letters, by their rarity, each topic has."""
        codes = threes(line)
        places = np.minimum(np.searchsorted(self._known, codes), len(self._known) - 1)
        is_known = self._known[places] == codes
        rarity = self._rarity[places[is_known]]
        total = float(rarity.sum()) + self._unknown * int((~is_known).sum())
        asked = places[is_known].astype(np.int32)
        found = np.zeros(len(topics))
        for number, topic in enumerate(topics):
            own = self._own[topic]
            at = np.minimum(np.searchsorted(own, asked), len(own) - 1)
            found[number] = float(rarity[own[at] == asked].sum()) / total
        return found


def threes(line: str) -> np.ndarray:
    """(n,) the different threes of letters of a line, rising; beginning and end count as spaces."""
    codes = np.frombuffer(f" {line or ' '} ".encode("utf-32-le"), np.uint32).astype(np.int64)
    return np.unique((codes[:-2] << 2 * BITS) | (codes[1:-1] << BITS) | codes[2:])
