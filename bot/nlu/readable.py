"""A line as it was meant, with every character's place in the line as typed.

Teencode, Telex and VNI remains and slips of the finger are read; a unit glued to a number stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.marks import fold, is_plain_syllable, is_syllable
from bot.nlu.meant import meant_tokens, squeeze
from bot.nlu.phrases import phrases
from bot.nlu.spacing import parts_of
from bot.nlu.tables import teencode
from bot.nlu.telex import decode
from bot.nlu.tokens import WORD, is_marked, split_line, with_text

GLUED = re.compile(r"(\d+)([^\W\d_]{3,})")
# After a number these are units.
UNITS = frozenset("t th tg thg m h p ph w k kg g c d l ml cm".split())  # noqa: SIM905
# "sn" is a birth date here.
KEPT = frozenset({"sn"})
# What a word after a number most likely is.
COUNTED = frozenset("thang tuoi ngay tuan gio tieng phut lan hom bua dem do".split())  # noqa: SIM905


@dataclass(frozen=True)
class Line:
    """`meant` is lower case; `plain` is `meant` without marks, of the same length."""

    typed: str
    meant: str
    plain: str
    places: tuple[tuple[int, int], ...]

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the line as typed of `start`, `end` in `meant`."""
        return self.places[start][0], self.places[end - 1][1]

    @property
    def has_marks(self) -> bool:
        """False for a line typed without diacritics."""
        return is_marked(WORD.findall(self.meant))


@lru_cache(maxsize=16)
def read_line(text: str) -> Line:
    """The line of a text; offsets are into its NFC form. Kept for a moment: several ask for the
    same message.
    """
    typed = unicodedata.normalize("NFC", text)
    tokens, tail = split_line(typed)
    lower = [with_text(token, token.text.lower()) for token in tokens]
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for token in meant_tokens(lower, _meant_word):
        pieces += [token.gap, token.text]
        if token.start >= at + len(token.gap):
            places += [(i, i + 1) for i in range(token.start - len(token.gap), token.start)]
        else:
            # A space that was not typed.
            places += [(token.start, token.end)] * len(token.gap)
        if len(token.text) == token.end - token.start:
            places += [(i, i + 1) for i in range(token.start, token.end)]
        else:
            places += [(token.start, token.end)] * len(token.text)
        at = token.end
    pieces.append(tail)
    places += [(i, i + 1) for i in range(len(typed) - len(tail), len(typed))]
    meant = "".join(pieces)
    plain = "".join(_bare(character) for character in meant)
    return Line(typed, meant, plain, tuple(places))


@lru_cache(maxsize=5_000)
def _bare(character: str) -> str:
    return fold(character)[:1] or character


@lru_cache(maxsize=20_000)
def _meant_word(word: str, after_digit: bool) -> str:
    if word.isdigit() or (after_digit and word in UNITS) or word in KEPT:
        return word
    if word[0].isdigit():
        glued = GLUED.fullmatch(word)
        return glued[1] + _meant_word(glued[2], True) if glued else word
    if (meant := teencode().get(word)) is not None:
        return meant
    if word in _vocabulary():
        return word
    squeezed = squeeze(word)
    if parts := parts_of(squeezed):
        return " ".join(teencode().get(part, part) for part in parts)
    decoded = decode(squeezed)
    return decoded if decoded != squeezed else _repaired(squeezed, after_digit)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(part for phrase in phrases() for part in phrase.parts)


@lru_cache(maxsize=1)
def _without_one_letter() -> dict[str, set[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for word in {fold(word) for word in _vocabulary()}:
        if len(word) >= 3 and word.isalpha():
            for shorter in {word, *_shorter(word)}:
                index[shorter].add(word)
    return dict(index)


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _repaired(word: str, after_digit: bool) -> str:
    """The listed word, without its marks, of which this one is a slip of the finger."""
    bare = fold(word)
    if len(bare) < 3 or not bare.isalpha() or is_syllable(word) or is_plain_syllable(bare):
        return word
    index = _without_one_letter()
    near = set(index.get(bare, ()))
    for shorter in _shorter(bare):
        near |= index.get(shorter, set())
    best = [other for other in near if other[0] == bare[0] and _one_slip(bare, other)]
    swapped = [other for other in best if sorted(other) == sorted(bare)]
    counted = [other for other in best if other in COUNTED] if after_digit else []
    best = counted or swapped or best
    return best[0] if len(best) == 1 else word


def _one_slip(typed: str, meant: str) -> bool:
    if abs(len(typed) - len(meant)) == 1:
        long, short = (typed, meant) if len(typed) > len(meant) else (meant, typed)
        return short in _shorter(long)
    differ = [i for i in range(len(typed)) if typed[i] != meant[i]]
    return len(differ) == 1 or (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and typed[differ[0]] == meant[differ[1]]
        and typed[differ[1]] == meant[differ[0]]
    )
