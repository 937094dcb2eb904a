"""Puts diacritics back: the likeliest reading of a line, by how syllables follow each other.

The counts are made by scripts/build_restorer.py; same words, order, case and punctuation come out.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from bot.nlu.marks import fold
from bot.nlu.syllables import COMPANY, END, NUMBER, START, STOP, Syllables, shipped

# A word that the counts do not know stands where a marker stands: it says nothing of its company.
UNKNOWN = 2

WORD = re.compile(r"[^\W\d_]+")
PAUSE = re.compile(r"[.,;:!?()\n]")
DIGIT = re.compile(r"\d")
# Readings of a line that are followed side by side.
BEAM = 8


def restore(line: str) -> str:
    """The line with marks on its words that have none; words that bear a mark stay as they are."""
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
    plain = [fold(word) if word not in {STOP, NUMBER} else word for word in words]
    none = np.array([UNKNOWN])
    choices = [
        syllables.options.get(bare, none)
        if bare == word and word not in {STOP, NUMBER}
        else np.array([syllables.number.get(word, UNKNOWN)])
        for word, bare in zip(words, plain, strict=True)
    ]
    # Readings so far: their last two words, their worth, and all their words.
    before = last = np.array([syllables.number[START]])
    worth, paths = np.zeros(1), [tuple[int, ...]()]
    for place, options in enumerate([*choices, np.array([syllables.number[END]])]):
        gain = np.log(syllables.chance_after(before, last, options))
        if len(options) > 1:
            left = plain[place - 1] if place else START
            right = plain[place + 1] if place + 1 < len(plain) else END
            gain += COMPANY * syllables.company(left, right, options)
        worths = (worth[:, None] + gain).ravel()
        lasts, words_here = last.tolist(), options.tolist()
        ends: dict[tuple[int, int], int] = {}
        for at in np.argsort(-worths, kind="stable").tolist():
            path, option = divmod(at, len(options))
            ends.setdefault((lasts[path], words_here[option]), at)
            if len(ends) == BEAM:
                break
        kept = list(ends.values())
        paths = [(*paths[at // len(options)], end) for at, (_, end) in zip(kept, ends, strict=True)]
        before, last = np.array(list(ends)).T
        worth = worths[kept]
    return [
        syllables.words[option] if option != UNKNOWN and bare == word else word
        for word, bare, option in zip(words, plain, paths[0], strict=False)
    ]


def _cased(typed: str, meant: str) -> str:
    if len(typed) != len(meant):
        return typed
    return "".join(m.upper() if t.isupper() else m for t, m in zip(typed, meant, strict=True))
