"""Counts of syllables in their company, made by scripts/build_restorer.py, and how likely a
syllable is after two others. What the words around say of a word without marks: bot.nlu.evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.marks import fold

FILE = Path(__file__).resolve().parents[2] / "data/lexicon/restore.npz"
# Beginning and end of a sentence, a stop inside it, a number: the first four of the words.
START, END, STOP, NUMBER = "^", "$", "|", "#"
MARKERS = (START, END, STOP, NUMBER)
# Absolute discounting (Ney, Essen and Kneser 1994); chosen on lines set apart from the training.
DISCOUNT = 0.8


@dataclass(frozen=True)
class Table:
    """Counts by number, in two sorted arrays: a tenth of the memory of a dict."""

    keys: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, weights: np.ndarray) -> Table:
        """`keys` (n,) may repeat; the weights of the same key are summed."""
        once, place = np.unique(keys, return_inverse=True)
        return cls(once, np.minimum(np.bincount(place, weights), 65535).astype(np.uint16))

    def __getitem__(self, keys: np.ndarray) -> np.ndarray:
        """The count of each key, of any shape; 0 where there is none."""
        # searchsorted would widen all keys rather than narrow a few.
        keys = np.minimum(keys, np.iinfo(self.keys.dtype).max).astype(self.keys.dtype)
        places = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.counts[places], np.float32(0))


class Syllables:
    """`words`: every known syllable; a word's number is its place there."""

    def __init__(self, words: list[str], tables: dict[str, Table], weights: np.ndarray) -> None:
        """`tables`: "three" and "two" words in a row, and those of bot.nlu.evidence; `weights`:
        what each of its features counts."""
        self.words, self.tables, self.weights = words, tables, weights
        self.size = len(words)
        self.number = {word: place for place, word in enumerate(words)}
        plain = [word if word in MARKERS else fold(word) for word in words]
        self.folded = {word: place for place, word in enumerate(dict.fromkeys(plain))}
        readings: list[list[int]] = [[] for _ in self.folded]
        for place, bare in enumerate(plain):
            readings[self.folded[bare]].append(place)
        # By the number of the bare word; the last one is for bare words that nobody knows.
        self.options = [np.array(numbers, np.int64) for numbers in [*readings, []]]
        two = tables["two"]
        self.alone = np.bincount(two.keys % self.size, two.counts, self.size).astype(np.float32)
        self._after = np.bincount(two.keys // self.size, two.counts, self.size)
        self._kinds_after = np.bincount(two.keys // self.size, minlength=self.size)
        self._chance = (self.alone + 0.1) / (self.alone.sum() + 0.1 * self.size)

    @cached_property
    def _histories(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pairs that something follows, how often, and by how many kinds of words."""
        three = self.tables["three"]
        pairs = three.keys // self.size
        begin = np.flatnonzero(np.diff(pairs, prepend=-1))
        counts = np.add.reduceat(three.counts, begin, dtype=np.float32)
        return pairs[begin], counts, np.diff(begin, append=len(pairs)).astype(np.float32)

    def chance_after(self, a: np.ndarray, b: np.ndarray, words: np.ndarray) -> np.ndarray:
        """(n,) chance of each word (n,) after the pair `a`, `b` (n,)."""
        after, chance = self._after[b], self._chance[words]
        spared = np.maximum(self.tables["two"][b * self.size + words] - DISCOUNT, 0.0)
        back = DISCOUNT * self._kinds_after[b] * chance
        chance = np.where(after > 0, (spared + back) / np.maximum(after, 1), chance)
        pairs, counts, kinds = self._histories
        history = a * self.size + b
        at = np.minimum(pairs.searchsorted(history), len(pairs) - 1)
        seen = np.where(pairs[at] == history, counts[at], 0.0)
        spared = np.maximum(self.tables["three"][history * self.size + words] - DISCOUNT, 0.0)
        back = DISCOUNT * kinds[at] * chance
        return np.where(seen > 0, (spared + back) / np.maximum(seen, 1), chance)


def vocabulary(lines: Sequence[Sequence[str]]) -> list[str]:
    """Markers, then every word of the lines."""
    return [*MARKERS, *sorted({word for line in lines for word in line} - {*MARKERS})]


def count_rows(lines: Sequence[Sequence[str]], weights: np.ndarray) -> dict[str, Table]:
    """Three and two words in a row; line i (of words and markers) counts `weights[i]` times."""
    number = {word: place for place, word in enumerate(vocabulary(lines))}
    size = len(number)
    rows = [[START, START, *line, END] for line in lines]
    flat = np.array([number[word] for row in rows for word in row], np.int64)
    line_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    inside = line_of[2:] == line_of[:-2]
    a, b, c = (part[inside] for part in (flat[:-2], flat[1:-1], flat[2:]))
    weight = weights[line_of[2:][inside]]
    return {
        "three": Table.of((a * size + b) * size + c, weight),
        "two": Table.of(b * size + c, weight),
    }


def save(syllables: Syllables, path: Path) -> None:
    """Writes words, tables (keys as steps, which pack well) and weights."""
    arrays = {"words": np.frombuffer("\n".join(syllables.words).encode(), np.uint8)}
    for name, table in syllables.tables.items():
        steps = np.diff(table.keys, prepend=0)
        narrow = steps.max() < 2**32
        arrays[f"{name}.keys"] = steps.astype(np.uint32 if narrow else np.int64)
        arrays[f"{name}.counts"] = table.counts
    np.savez_compressed(path, weights=syllables.weights.astype(np.float32), **arrays)


def load(path: Path) -> Syllables:
    """Reads what `save` wrote."""
    with np.load(path, allow_pickle=False) as content:
        words = content["words"].tobytes().decode().split("\n")
        names = [name.removesuffix(".keys") for name in content.files if name.endswith(".keys")]
        tables = {}
        for name in names:
            keys = np.cumsum(content[f"{name}.keys"], dtype=np.int64)
            # Half the memory where the numbers allow it.
            keys = keys.astype(np.uint32) if keys[-1] < 2**32 else keys
            tables[name] = Table(keys, content[f"{name}.counts"])
        return Syllables(words, tables, content["weights"])


@lru_cache(maxsize=1)
def shipped() -> Syllables:
    """The counts of the repository."""
    return load(FILE)
