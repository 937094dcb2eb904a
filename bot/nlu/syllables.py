"""Counts of syllables in their company, made by scripts/build_restorer.py, and what they say of a
word without marks: how likely each reading is after two others, and between two that may lack their
marks themselves.
"""

from __future__ import annotations

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


class Table:
    """Counts by number, in two sorted arrays: a tenth of the memory of a dict."""

    def __init__(self, keys: np.ndarray, counts: np.ndarray) -> None:
        """`keys` (n,) may repeat; the counts of the same key are summed."""
        self.keys, place = np.unique(keys, return_inverse=True)
        self.counts = np.bincount(place, counts).astype(np.float32)

    def __getitem__(self, keys: np.ndarray) -> np.ndarray:
        """The count of each key, of any shape; 0 where there is none."""
        places = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.counts[places], 0.0)


class Syllables:
    """`words`: every known syllable; a word's number is its place there."""

    def __init__(self, words: list[str], triples: np.ndarray, counts: np.ndarray) -> None:
        """`triples` (n, 3) numbers of words, `counts` (n,) how often they follow each other."""
        self.words = words
        self.triples, self.counts = triples, counts
        self.number = {word: place for place, word in enumerate(words)}
        plain = [word if word in MARKERS else fold(word) for word in words]
        self.folded = {word: place for place, word in enumerate(dict.fromkeys(plain))}
        fold_of = np.array([self.folded[word] for word in plain], np.int64)
        self.size = len(words)
        readings: dict[str, list[int]] = {}
        for word, bare in zip(words, plain, strict=True):
            if word not in MARKERS:
                readings.setdefault(bare, []).append(self.number[word])
        self.options = {bare: np.array(numbers, np.int64) for bare, numbers in readings.items()}
        a, b, c = (triples[:, place].astype(np.int64) for place in range(3))
        ones = np.ones_like(counts)
        self._three = Table((a * self.size + b) * self.size + c, counts)
        self._two = Table(b * self.size + c, counts)
        self._history = Table(a * self.size + b, counts)
        self._followers = Table(a * self.size + b, ones)
        self._after = np.bincount(b, counts, self.size)
        self._kinds_after = np.bincount(self._two.keys // self.size, minlength=self.size)
        self._alone = np.bincount(c, counts, self.size)
        self._chance = (self._alone + 0.1) / (self._alone.sum() + 0.1 * self.size)
        left, right = fold_of[a], fold_of[c]
        self._left = Table(left * self.size + b, counts)
        self._right = Table(right * self.size + b, counts)
        self._between = Table((left * len(self.folded) + right) * self.size + b, counts)

    def chance_after(self, a: np.ndarray, b: np.ndarray, words: np.ndarray) -> np.ndarray:
        """(p, w) chance of each word after each pair `a`, `b` (p,)."""
        after = self._after[b][:, None]
        chance = self._chance[words][None, :]
        spared = np.maximum(self._two[b[:, None] * self.size + words] - DISCOUNT, 0.0)
        back = DISCOUNT * self._kinds_after[b][:, None] * chance
        chance = np.where(after > 0, (spared + back) / np.maximum(after, 1), chance)
        history = a * self.size + b
        seen = self._history[history][:, None]
        spared = np.maximum(self._three[history[:, None] * self.size + words] - DISCOUNT, 0.0)
        back = DISCOUNT * self._followers[history][:, None] * chance
        return np.where(seen > 0, (spared + back) / np.maximum(seen, 1), chance)

    def company(self, left: str, right: str, options: np.ndarray) -> np.ndarray:
        """(w,) log-chance of each reading between two words whose marks are not looked at."""
        unknown, size = len(self.folded), self.size
        at_left, at_right = self.folded.get(left, unknown), self.folded.get(right, unknown)
        alone = self._alone[options] + 1e-3
        beside_left = self._left[at_left * size + options]
        beside_right = self._right[at_right * size + options]
        between = self._between[(at_left * unknown + at_right) * size + options]
        share = alone / alone.sum()
        by_left = (beside_left + share) / (beside_left.sum() + 1)
        joined = by_left * (beside_right + share) / (beside_right.sum() + 1) / share
        log: np.ndarray = np.log((between + 2 * joined / joined.sum()) / (between.sum() + 2) + 1e-6)
        return log


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
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(syllables.words).encode(), np.uint8),
        triples=syllables.triples.astype(np.uint16),
        counts=syllables.counts.astype(np.uint16),
    )


@lru_cache(maxsize=1)
def shipped() -> Syllables:
    """The counts of the repository."""
    with np.load(FILE, allow_pickle=False) as content:
        words = content["words"].tobytes().decode().split("\n")
        return Syllables(words, content["triples"], content["counts"].astype(np.int32))
