"""One line as it was meant: NFC, tone marks in one place, repeated letters, teencode, Telex and VNI
remains.

The caller keeps the original; people are only ever shown that.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from bot.nlu.marks import fold, is_syllable, put_tone, strip_tone, tone_of
from bot.nlu.telex import decode

__all__ = ["fold", "normalise"]

LEXICON = Path(__file__).resolve().parents[2] / "data/lexicon"
WORD = re.compile(r"[^\W_]+", re.UNICODE)


def normalise(text: str) -> str:
    """The text on one line, lower case. Word order is kept; punctuation stays."""
    line = " ".join(unicodedata.normalize("NFC", text).lower().split())
    line = re.sub(r"(\W)\1{2,}", r"\1", line)
    return WORD.sub(lambda match: _word(match[0], line, match), line)


def _word(word: str, line: str, match: re.Match[str]) -> str:
    # A unit glued to a number ("39k5", "2t", "3m") is for the entities, not for teencode.
    if match.start() and line[match.start() - 1].isdigit():
        return word
    return _meant(word)


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str:
    if (meant := teencode().get(word)) is not None:
        return meant
    word = _squeeze(word)
    if (meant := teencode().get(word)) is not None:
        return meant
    return _tone_place(decode(word))


def _squeeze(word: str) -> str:
    """ "đauuuu" → "đau"; three or more of a letter never stand in a word, two only in some."""
    squeezed = re.sub(r"([^\W\d])\1{2,}", r"\1", word)
    if not word.isascii():
        squeezed = (
            re.sub(r"([^\W\d])\1+", r"\1", squeezed) if not is_syllable(squeezed) else squeezed
        )
    return squeezed


def _tone_place(word: str) -> str:
    if word.isascii() or not is_syllable(word):
        return word
    return put_tone(strip_tone(word), tone_of(word))


@lru_cache(maxsize=1)
def teencode() -> dict[str, str]:
    """Abbreviation → meaning, from data/lexicon/teencode.tsv (a trainer's table)."""
    with (LEXICON / "teencode.tsv").open(encoding="utf-8", newline="") as file:
        return {row["viết"]: row["nghĩa"] for row in csv.DictReader(file, delimiter="\t")}
