"""Counts of syllables in their company, made by scripts/build_restorer.py, and what they say of a
word without marks: how likely each reading is after two others, and between two that may lack their
marks themselves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.marks import fold

FILE = Path(__file__).resolve().parents[2] / "data/lexicon/restore.npz"
# Beginning and end of a sentence, a stop inside it, a number.
START, END, STOP, NUMBER = "^", "$", "|", "#"
MARKERS = (START, END, STOP, NUMBER)
# Absolute discounting (Ney, Essen and Kneser 1994); chosen on held-out lines by the build script.
DISCOUNT = 0.8
# How much the company without marks counts beside the sequence; chosen likewise.
COMPANY = 0.4


class Syllables:
    """`words`: every known syllable; a word's number is its place there."""

    def __init__(self, words: list[str], triples: np.ndarray, counts: np.ndarray) -> None:
        """`triples` (n, 3) numbers of words, `counts` (n,) how often they follow each other."""
        self.words = words
        self.number = {word: place for place, word in enumerate(words)}
        plain = [word if word in MARKERS else fold(word) for word in words]
        self.folded = {word: place for place, word in enumerate(dict.fromkeys(plain))}
        fold_of = np.array([self.folded[word] for word in plain], np.int64)
        self.size = len(words)
        self.options: dict[str, list[int]] = {}
        for word, bare in zip(words, plain, strict=True):
            if word not in MARKERS:
                self.options.setdefault(bare, []).append(self.number[word])
        a, b, c = (triples[:, place].astype(np.int64) for place in range(3))
        self._three = _summed((a * self.size + b) * self.size + c, counts)
        self._two = _summed(b * self.size + c, counts)
        self._history = _summed(a * self.size + b, counts)
        self._followers = _summed(a * self.size + b, np.ones_like(counts))
        after = np.bincount(b, counts, self.size)
        pairs = np.fromiter(self._two, np.int64, len(self._two))
        kinds = np.bincount(pairs // self.size, minlength=self.size)
        alone = np.bincount(c, counts, self.size)
        chance = (alone + 0.1) / (alone.sum() + 0.1 * self.size)
        # Plain lists: a number of a numpy array takes ten times as long to read.
        self._after, self._kinds_after = after.tolist(), kinds.tolist()
        self._alone, self._chance = alone.tolist(), chance.tolist()
        left, right = fold_of[a], fold_of[c]
        self._left = _summed(left * self.size + b, counts)
        self._right = _summed(right * self.size + b, counts)
        self._between = _summed((left * len(self.folded) + right) * self.size + b, counts)

    def chance_after(self, a: int, b: int, word: int) -> float:
        """The chance of a word after two others."""
        after = self._after[b]
        chance: float = self._chance[word]
        if after:
            spared = max(self._two.get(b * self.size + word, 0) - DISCOUNT, 0.0)
            chance = (spared + DISCOUNT * self._kinds_after[b] * chance) / after
        history = a * self.size + b
        if seen := self._history.get(history):
            spared = max(self._three.get(history * self.size + word, 0) - DISCOUNT, 0.0)
            chance = (spared + DISCOUNT * self._followers[history] * chance) / seen
        return chance

    def company(self, left: str, right: str, options: list[int]) -> list[float]:
        """Log-chance of each reading between two words whose marks are not looked at."""
        unknown, size = len(self.folded), self.size
        at_left, at_right = self.folded.get(left, unknown), self.folded.get(right, unknown)
        alone = [self._alone[word] + 1e-3 for word in options]
        beside_left = [self._left.get(at_left * size + word, 0) for word in options]
        beside_right = [self._right.get(at_right * size + word, 0) for word in options]
        key = (at_left * unknown + at_right) * size
        between = [self._between.get(key + word, 0) for word in options]
        all_alone, all_left, all_right = sum(alone), sum(beside_left) + 1, sum(beside_right) + 1
        joined = []
        for own, by_left, by_right in zip(alone, beside_left, beside_right, strict=True):
            share = own / all_alone
            joined.append((by_left + share) / all_left * ((by_right + share) / all_right) / share)
        scale, seen = 2 / sum(joined), sum(between) + 2
        return [
            math.log((count + scale * chance) / seen + 1e-6)
            for count, chance in zip(between, joined, strict=True)
        ]


def count_triples(lines: Iterable[list[str]], weights: Iterable[int]) -> Syllables:
    """Counts lines of words and markers; each line counts `weight` times."""
    counter: Counter[tuple[str, str, str]] = Counter()
    for line, weight in zip(lines, weights, strict=True):
        padded = [START, START, *line, END]
        for triple in zip(padded, padded[1:], padded[2:], strict=False):
            counter[triple] += weight
    words = [*MARKERS, *sorted({word for triple in counter for word in triple} - {*MARKERS})]
    number = {word: place for place, word in enumerate(words)}
    triples = sorted((tuple(number[w] for w in triple), n) for triple, n in counter.items())
    return Syllables(
        words, np.array([t for t, _ in triples]), np.array([n for _, n in triples], np.int32)
    )


def save(syllables: Syllables, path: Path) -> None:
    """Writes words and triples; everything else is made of them when they are read."""
    size = syllables.size
    keys = np.fromiter(syllables._three, np.int64, len(syllables._three))
    triples = np.stack([keys // size // size, keys // size % size, keys % size], axis=1)
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(syllables.words).encode(), np.uint8),
        triples=triples.astype(np.uint16),
        counts=np.fromiter(syllables._three.values(), np.uint16, len(keys)),
    )


@lru_cache(maxsize=1)
def shipped() -> Syllables:
    """The counts of the repository."""
    with np.load(FILE, allow_pickle=False) as content:
        words = content["words"].tobytes().decode().split("\n")
        return Syllables(words, content["triples"], content["counts"].astype(np.int32))


def _summed(keys: np.ndarray, counts: np.ndarray) -> dict[int, int]:
    unique, place = np.unique(keys, return_inverse=True)
    return dict(zip(unique.tolist(), np.bincount(place, counts).astype(int).tolist(), strict=True))
