"""Puts diacritics back: the likeliest reading of a line, by how syllables follow each other.

The counts are made by scripts/build_restorer.py; same words, order, case and punctuation come out.
"""

from __future__ import annotations

import math
import re
import unicodedata

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
    choices = [
        syllables.options.get(bare, [])
        if bare == word and word not in {STOP, NUMBER}
        else [syllables.number.get(word, UNKNOWN)]
        for word, bare in zip(words, plain, strict=True)
    ]
    # Reading so far by its last two words: its worth, and the readings of all words.
    begin = syllables.number[START]
    paths: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(begin, begin): (0.0, ())}
    for place, choice in enumerate([*choices, [syllables.number[END]]]):
        options = choice or [UNKNOWN]
        company = [0.0]
        if len(options) > 1:
            left = plain[place - 1] if place else START
            right = plain[place + 1] if place + 1 < len(plain) else END
            company = [COMPANY * log for log in syllables.company(left, right, options)]
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (before, last), (worth, path) in paths.items():
            for option, extra in zip(options, company, strict=True):
                new = worth + extra + math.log(syllables.chance_after(before, last, option))
                known = following.get((last, option))
                if known is None or new > known[0]:
                    following[last, option] = (new, (*path, option))
        kept = sorted(following.items(), key=lambda item: -item[1][0])[:BEAM]
        paths = dict(kept)
    best = next(iter(paths.values()))[1]
    return [
        syllables.words[option] if choice and bare == word else word
        for word, bare, choice, option in zip(words, plain, choices, best, strict=False)
    ]


def _cased(typed: str, meant: str) -> str:
    if len(typed) != len(meant):
        return typed
    return "".join(m.upper() if t.isupper() else m for t, m in zip(typed, meant, strict=True))
