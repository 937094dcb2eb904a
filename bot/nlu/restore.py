"""Puts diacritics back: the likeliest reading of a line, by the words around each word and by how
syllables follow each other.

The counts are made by scripts/build_restorer.py; same words, order, case and punctuation come out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

import numpy as np

from bot.nlu.evidence import APART, features, lay_out, readings_at
from bot.nlu.marks import fold
from bot.nlu.syllables import END, NUMBER, START, STOP, Syllables, shipped

# A word that the counts do not know stands where a marker stands: it says nothing of its company.
UNKNOWN = 2

WORD = re.compile(r"[^\W\d_]+")
PAUSE = re.compile(r"[.,;:!?()\n]")
DIGIT = re.compile(r"\d")
# How much the company of a word counts beside the sequence; chosen on lines set apart.
COMPANY = 3.0
# Readings of a word that are looked at in the sequence, and how far behind the first (in log).
MOST = 3
FAR_BEHIND = 3.0
# As far behind (in log) a reading is nearly as likely as the first.
NEARLY = 1.0


@lru_cache(maxsize=256)
def restore(line: str) -> str:
    """The line with marks on its words that have none; words that bear a mark stay as they are.
    Kept: scopes, encoder and n-grams ask for the same message.
    """
    line = unicodedata.normalize("NFC", line)
    words = list(WORD.finditer(line))
    best = [word for word in read(split(line), shipped()) if word not in {STOP, NUMBER}]
    pieces, at = [], 0
    for match, meant in zip(words, best, strict=True):
        pieces += [line[at : match.start()], _cased(match[0], meant)]
        at = match.end()
    return "".join([*pieces, line[at:]])


def split(line: str) -> list[str]:
    """Words in lower case, with a marker where a sentence pauses or a number stands."""
    words: list[str] = []
    at = 0
    for match in WORD.finditer(line):
        gap = line[at : match.start()]
        if words and PAUSE.search(gap):
            words.append(STOP)
        elif DIGIT.search(gap):
            words.append(NUMBER)
        words.append(match[0].lower())
        at = match.end()
    return words


def read(words: list[str], syllables: Syllables) -> list[str]:
    """The likeliest reading of words and markers."""
    if not words:
        return []
    plain = [word if word in {STOP, NUMBER} else fold(word) for word in words]
    choices, worths = _choices(words, plain, syllables)
    start, end = [syllables.number[START]], [syllables.number[END]]
    best = _likeliest([start, start, *choices, end], worths, syllables)
    return [
        syllables.words[option] if option != UNKNOWN and bare == word else word
        for word, bare, option in zip(words, plain, best, strict=True)
    ]


def near_readings(line: str) -> dict[int, frozenset[str]]:
    """For the place of each word the readings that its company makes likeliest, or nearly so."""
    words = split(line)
    plain = [word if word in {STOP, NUMBER} else fold(word) for word in words]
    syllables = shipped()
    choices, worths = _choices(words, plain, syllables)
    near = (
        frozenset(
            syllables.words[option]
            for option, worth in zip(options, worth_of, strict=True)
            if option != UNKNOWN and worth >= max(worth_of) - COMPANY * NEARLY
        )
        for word, options, worth_of in zip(words, choices, worths, strict=True)
        if word not in {STOP, NUMBER}
    )
    return {word.start(): read for word, read in zip(WORD.finditer(line), near, strict=True)}


def _choices(
    words: list[str], plain: list[str], syllables: Syllables
) -> tuple[list[list[int]], list[list[float]]]:
    """For each word the readings that its company leaves, and what each is worth."""
    row = lay_out([plain], syllables)
    bare_words = row[APART : APART + len(words)].tolist()
    choices = [
        syllables.options[number].tolist() or [UNKNOWN]
        if bare == word
        else [syllables.number.get(word, UNKNOWN)]
        for word, bare, number in zip(words, plain, bare_words, strict=True)
    ]
    worths = [[0.0] * len(options) for options in choices]
    open_places = [place for place, options in enumerate(choices) if len(options) > 1]
    if open_places:
        readings = readings_at(np.array(open_places) + APART, row, syllables)
        scores = features(row, readings, syllables) @ syllables.weights
        logs = readings.log_chances(scores).tolist()
        at = 0
        for place in open_places:
            here = sorted(
                zip(logs[at : at + len(choices[place])], choices[place], strict=True), reverse=True
            )[:MOST]
            at += len(choices[place])
            here = [(log, option) for log, option in here if log > here[0][0] - FAR_BEHIND]
            choices[place] = [option for _, option in here]
            worths[place] = [COMPANY * log for log, _ in here]
    return choices, worths


def _likeliest(
    choices: list[list[int]], worths: list[list[float]], syllables: Syllables
) -> list[int]:
    """One option for each word (Viterbi over pairs); two beginnings and an end stand around."""
    rows = list(zip(choices, choices[1:], choices[2:], strict=False))
    triples = np.array([triple for row in rows for triple in product(*row)])
    logs = np.log(syllables.chance_after(*triples.T))
    worth, at = np.zeros((1, 1)), 0
    back: list[np.ndarray] = []
    for (a, b, c), gain in zip(rows, [*worths, [0.0]], strict=True):
        count = len(a) * len(b) * len(c)
        paths = logs[at : at + count].reshape(len(a), len(b), len(c)) + worth[:, :, None]
        at += count
        back.append(paths.argmax(0))
        worth = paths.max(0) + gain
    last, end = int(worth[:, 0].argmax()), 0
    best: list[int] = []
    # From the end: the pair (last, end) tells which word stood before it.
    for place in range(len(back) - 1, 0, -1):
        best.append(choices[place + 1][last])
        last, end = int(back[place][last, end]), last
    return best[::-1]


def _cased(typed: str, meant: str) -> str:
    if len(typed) != len(meant):
        return typed
    return "".join(m.upper() if t.isupper() else m for t, m in zip(typed, meant, strict=True))
