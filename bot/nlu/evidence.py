"""What the words around a bare word say of how it is to be read, whether they bear marks or not.

Each context (the word before, the two after, any word near …) gives a chance of every reading; a
log-linear model, fitted by scripts/build_restorer.py, weighs them together. Markers and bare words
are numbers here: bot.nlu.syllables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.marks import fold
from bot.nlu.syllables import END, MARKERS, START, Syllables, Table

# Where the words of a context stand, seen from the word that is read: one word, or two.
ONE = np.array([[-1], [1], [-2], [2]])
TWO = np.array([[-2, -1], [1, 2], [-1, 1]])
# Words that tell the topic, wherever they stand; how much it takes until they are believed.
NEAR = (*range(-8, -1), *range(2, 9))
TRUST = 10
# Lines are kept apart by so many markers that no context reaches into the next.
APART = 8
# A context is weighed by how often it was seen: never, once (a line may count 3), rarely, often.
OFTEN = np.array([0.5, 3.5, 12.5], np.float32)
FEATURES = 2 + (len(ONE) + len(TWO)) * (len(OFTEN) + 1)


@dataclass(frozen=True)
class Readings:
    """Places (t,) of words with more than one reading; each reading (r,) and its place's number."""

    places: np.ndarray
    words: np.ndarray
    of: np.ndarray
    begin: np.ndarray

    def total(self, values: np.ndarray) -> np.ndarray:
        """(r, …) the sum of the values (r, …) of all readings of the same place."""
        total: np.ndarray = np.add.reduceat(values, self.begin)[self.of]
        return total

    def share(self, values: np.ndarray) -> np.ndarray:
        """(r, …) values that sum to one at each place."""
        return values / self.total(values)

    def log_chances(self, scores: np.ndarray) -> np.ndarray:
        """(r,) log-softmax of scores (r,) at each place."""
        scores = scores - np.maximum.reduceat(scores, self.begin)[self.of]
        return scores - np.log(self.total(np.exp(scores)))


def lay_out(lines: Sequence[Sequence[str]], known: Syllables) -> np.ndarray:
    """Numbers of the bare words of all lines in one row, APART markers before and after each."""
    unknown = len(known.folded)
    before, after = [known.folded[START]] * APART, [known.folded[END]] * APART
    row: list[int] = []
    for line in lines:
        row += before
        row += [known.folded.get(w if w in MARKERS else fold(w), unknown) for w in line]
        row += after
    return np.array(row, np.int64)


def readings_at(places: np.ndarray, row: np.ndarray, known: Syllables) -> Readings:
    """All readings of the words at `places` (t,) of the row."""
    options = [known.options[bare] for bare in row[places].tolist()]
    counts = np.array([len(option) for option in options])
    begin = np.cumsum(counts) - counts
    return Readings(
        places, np.concatenate(options), np.repeat(np.arange(len(places)), counts), begin
    )


def features(
    row: np.ndarray, readings: Readings, known: Syllables, own: np.ndarray | None = None
) -> np.ndarray:
    """(r, FEATURES) log-chances of each reading by each context, against its chance by itself.
    `own` (r,) is left out of every count: what the line itself gave, when it was counted too."""
    left_out = np.zeros((len(readings.words), 1), np.float32) if own is None else own[:, None]
    alone = readings.share(np.maximum(known.alone[readings.words][:, None] - left_out, 0) + 0.05)
    one, seen_one = _chances("one", ONE, row, readings, known, left_out, alone)
    left, right, left_two, right_two = one.T / alone.T
    # Where the two words were not seen together, they speak each for itself, the far one softly.
    apart = np.stack([left * np.sqrt(left_two), right * np.sqrt(right_two), left * right], 1)
    back = readings.share(apart * alone)
    both, seen_both = _chances("both", TWO, row, readings, known, left_out, back)
    chances, seen = np.hstack([one, both]), np.hstack([seen_one, seen_both])
    out = np.zeros((len(chances), FEATURES), np.float32)
    out[:, :1] = np.log(alone)
    out[:, 1] = _topic(row, readings, known, left_out, alone)
    columns = 2 + np.arange(chances.shape[1]) * (len(OFTEN) + 1) + OFTEN.searchsorted(seen)
    np.put_along_axis(out, columns, np.log(chances / alone), 1)
    return out


def _chances(
    table: str,
    contexts: np.ndarray,
    row: np.ndarray,
    readings: Readings,
    known: Syllables,
    left_out: np.ndarray,
    back: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """(r, c) chances of the readings in each context, and how often each context was seen."""
    times = known.tables[table][_keys(row, readings, known, contexts)]
    times = np.maximum(times - left_out, 0)
    seen = readings.total(times)
    # As much doubt as there are kinds of readings (Witten and Bell 1991).
    doubt = np.maximum(readings.total((times > 0).astype(np.float32)), 0.5) + 0.5
    return (times + doubt * back) / (seen + doubt), seen


def _topic(
    row: np.ndarray, readings: Readings, known: Syllables, left_out: np.ndarray, alone: np.ndarray
) -> np.ndarray:
    """(r,) what the words near say, as if each spoke for itself."""
    near = row[readings.places[:, None] + np.array(NEAR)]
    tells = near >= len(MARKERS)
    keys = near[readings.of] * known.size + readings.words[:, None]
    seen = np.maximum(known.tables["near"][keys] - left_out, 0)
    ratio = (seen / alone + TRUST) / (readings.total(seen) + TRUST)
    told: np.ndarray = np.where(tells[readings.of], np.log(ratio), 0).sum(1)
    return told


def _keys(
    row: np.ndarray, readings: Readings, known: Syllables, contexts: np.ndarray
) -> np.ndarray:
    """(r, c) keys of the readings in contexts (c, words): which context, its words, the reading."""
    key = np.arange(len(contexts))[None, :]
    for offsets in contexts.T:
        key = key * (len(known.folded) + 1) + row[readings.places[:, None] + offsets]
    return key[readings.of] * known.size + readings.words[:, None]


def count_contexts(
    row: np.ndarray, places: np.ndarray, words: np.ndarray, weights: np.ndarray, known: Syllables
) -> dict[str, Table]:
    """Tables of `features`: word `words[i]` stood at `places[i]` and counts `weights[i]` (n,)."""
    meant = Readings(places, words, np.arange(len(places)), np.arange(len(places)))
    tables = {}
    for name, contexts in (("one", ONE), ("both", TWO)):
        keys = _keys(row, meant, known, contexts)
        tables[name] = Table.of(keys.ravel(), np.repeat(weights, len(contexts)))
    near = row[places[:, None] + np.array(NEAR)]
    tells = near >= len(MARKERS)
    keys = near * known.size + words[:, None]
    every = np.broadcast_to(weights[:, None], near.shape)
    tables["near"] = Table.of(keys[tells], every[tells])
    # What was seen once, in a line that counts one, is half of these tables and says little.
    for name in ("both", "near"):
        often = tables[name].counts > 1
        tables[name] = Table(tables[name].keys[often], tables[name].counts[often])
    return tables
