"""The same message as other people would type it: without marks, in Telex or VNI that was never
decoded, with abbreviations, with doubled letters. For the paired test of docs/evaluation.md.

Deterministic: the same text always gives the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from bot.nlu.marks import TONES, fold, tone_of
from bot.nlu.normalise import teencode

WORD = re.compile(r"[^\W\d_]+")
TELEX = dict(zip("âêôăơưđ", ("aa", "ee", "oo", "aw", "ow", "uw", "dd"), strict=True))
VNI = dict(zip("âêôăơưđ", ("a6", "e6", "o6", "a8", "o7", "u7", "d9"), strict=True))
TELEX_TONES, VNI_TONES = "_sfrxj", "_12345"
# Every so many words one is typed the other way: nobody abbreviates or doubles each of them.
EVERY = 3


def without_marks(text: str) -> str:
    return "".join(fold(character) or character for character in unicodedata.normalize("NFC", text))


def raw_telex(text: str) -> str:
    return WORD.sub(lambda match: _typed(match[0], TELEX, TELEX_TONES), text)


def raw_vni(text: str) -> str:
    return WORD.sub(lambda match: _typed(match[0], VNI, VNI_TONES), text)


def abbreviated(text: str) -> str:
    """Words that have an abbreviation in data/lexicon/teencode.tsv, abbreviated."""
    short = _abbreviations()
    return WORD.sub(lambda match: short.get(match[0].lower(), match[0]), text)


def doubled_letters(text: str) -> str:
    """Each third word with its last letter doubled: "sốttt"."""
    place = iter(range(len(text)))
    return WORD.sub(
        lambda match: match[0] if next(place) % EVERY else match[0] + 2 * match[0][-1], text
    )


REWRITINGS: dict[str, Callable[[str], str]] = {
    "no_diacritics": without_marks,
    "telex": raw_telex,
    "vni": raw_vni,
    "abbreviated": abbreviated,
    "doubled": doubled_letters,
}


def _typed(word: str, letters: dict[str, str], tones: str) -> str:
    """The keys that a word takes, its tone last."""
    lower = word.lower()
    tone = tone_of(lower)
    bare = "".join(part for part in unicodedata.normalize("NFD", lower) if part not in TONES)
    keys = "".join(letters.get(letter, letter) for letter in unicodedata.normalize("NFC", bare))
    return keys + (tones[tone] if tone else "")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    """Word → its first abbreviation; only single words."""
    found: dict[str, str] = {}
    for short, meaning in teencode().items():
        if " " not in meaning and short.isalpha():
            found.setdefault(meaning, short)
    return found
