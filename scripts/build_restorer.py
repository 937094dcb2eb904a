"""Counts how syllables keep company in text with marks and fits how much each context says, for
bot.nlu.restore. Prints how well held-out lines come back, and how quickly.

    PYTHONPATH=. python scripts/build_restorer.py TEXT [TEXT …] [--develop] [--show N]

A text has one sentence a line (.txt), a question in the first column (.tsv) or letters (.jsonl).
Lines of the first are held out; what shares six words in a row with one of them is not counted
while it is measured. Lines that are questions of a .tsv are told apart, since they are what will be
read. Our own library, training data, lists, docs and invented names are counted too
(restorer_texts.py). The texts stay where they are; the counts are shipped (docs/data-card.md,
NOTICE). --develop measures on lines taken from the training part and writes nothing: settings are
chosen there, never on the held-out lines. --show prints N words that came back wrong.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from restorer_texts import (
    ROOT,
    is_marked,
    name_lines,
    own_lines,
    text_lines,
    without_shared,
)

from bot.nlu.evidence import FEATURES, Readings, count_contexts, features, lay_out, readings_at
from bot.nlu.marks import fold
from bot.nlu.restore import read, split
from bot.nlu.syllables import MARKERS, Syllables, count_rows, save, vocabulary

# Always the file beside this script, whichever copy of the package Python finds.
FILE = ROOT / "data/lexicon/restore.npz"
HELD_OUT_EVERY = 12
DEVELOP_EVERY = 11
SHORT_WORDS = 14
# Short questions like those that will be read count more than our own articles.
TEXT_WEIGHT = 3
# Newton steps of the fit, and how strongly weights are drawn to nothing.
STEPS, PULL = 12, 1.0


def made_of(texts: list[str], own: list[str]) -> Syllables:
    """Counts of both; weights fitted on `texts`, each line of which is left out of its counts."""
    lines = [split(line) for line in [*texts, *own]]
    weights = np.repeat([TEXT_WEIGHT, 1], [len(texts), len(own)])
    known = Syllables(vocabulary(lines), count_rows(lines, weights), np.zeros(FEATURES))
    row = lay_out(lines, known)
    words, counted = _meant(lines, known, row, weights)
    choice = np.array([len(options) > 1 for options in known.options])
    places = np.flatnonzero((words >= 0) & choice[row])
    known.tables |= count_contexts(row, places, words[places], counted[places], known)
    ours = len(lay_out(lines[: len(texts)], known))
    places = places[places < ours]
    readings = readings_at(places, row, known)
    right = readings.words == words[places][readings.of]
    told = features(row, readings, known, right * np.float32(TEXT_WEIGHT))
    known.weights = fit(told, readings, right)
    return known


def _meant(
    lines: list[list[str]], known: Syllables, row: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each place of the row the number of the word as it was written (-1 for a marker), and
    what its line counts."""
    words = np.full(len(row), -1)
    counted = np.zeros(len(row), np.int64)
    at = 0
    gap = (len(row) - sum(map(len, lines))) // len(lines) // 2
    for line, weight in zip(lines, weights.tolist(), strict=True):
        at += gap
        words[at : at + len(line)] = [-1 if w in MARKERS else known.number[w] for w in line]
        counted[at : at + len(line)] = weight
        at += len(line) + gap
    return words, counted


def fit(told: np.ndarray, readings: Readings, right: np.ndarray) -> np.ndarray:
    """(f,) weights of the log-linear model over told (r, f), by Newton's method."""
    weights = np.zeros(told.shape[1])
    for _ in range(STEPS):
        chance = np.exp(readings.log_chances(told @ weights.astype(np.float32)))
        slope = told.T @ (chance - right) + PULL * weights
        weighed = told * chance[:, None]
        mean = np.add.reduceat(weighed, readings.begin)
        bend = (weighed.T @ told - mean.T @ mean).astype(float) + PULL * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def tell(lines: list[str], made: Syllables, name: str, show: int = 0) -> None:
    """Prints the share of words that come back, and the processor's time."""
    wrong, total = [], 0
    begun = time.process_time()
    for line in lines:
        meant = split(line)
        got = read([word if word in MARKERS else fold(word) for word in meant], made)
        total += sum(word not in MARKERS for word in meant)
        wrong += [(a, b, " ".join(meant)) for a, b in zip(meant, got, strict=True) if a != b]
    took = (time.process_time() - begun) / total * 20 * 1000
    share = 1 - len(wrong) / total
    sys.stdout.write(f"{name}: {share:.4f} of {total} words, {took:.2f} ms for 20 words\n")
    for one in wrong[:show]:
        sys.stdout.write("  {} read as {}: {}\n".format(*one))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path, help="one sentence with marks a line")
    parser.add_argument("--develop", action="store_true", help="measure for a choice of settings")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N wrong words")
    asked = parser.parse_args()
    texts = [text_lines(path) for path in asked.texts]
    questions = {
        line.lower()
        for path, lines in zip(asked.texts, texts, strict=True)
        if path.suffix == ".tsv"
        for line in lines
    }
    lines = texts[0]
    known = {line.lower() for line in lines}
    more = list(dict.fromkeys(line for text in texts[1:] for line in text))
    more = [line for line in more if is_marked(line) and line.lower() not in known]
    own = [*own_lines(), *name_lines()]
    held_out = list(dict.fromkeys(lines))[::HELD_OUT_EVERY]
    apart = set(held_out)
    rest = [line for line in lines if line not in apart]
    if asked.develop:
        held_out = list(dict.fromkeys(rest))[::DEVELOP_EVERY]
        apart |= set(held_out)
        rest = [line for line in rest if line not in apart]
    made = made_of([*rest, *without_shared(more, apart)], own)
    clean = [line for line in held_out if is_marked(line)]
    short = [line for line in clean if len(split(line)) <= SHORT_WORDS]
    tell(held_out, made, "held-out lines")
    tell(clean, made, "of these, lines that bear marks")
    tell(short, made, "of these, short ones", asked.show)
    asking = [line for line in short if line.lower() in questions or line.endswith("?")]
    tell(asking, made, "of these, questions")
    if questions:
        parents = [line for line in short if line.lower() in questions]
        tell(parents, made, "of these, parents' questions", asked.show)
    if not asked.develop:
        save(made_of([*lines, *more], own), FILE)
        sys.stdout.write(f"{FILE.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
