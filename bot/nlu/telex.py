"""Remains of the Telex and VNI input methods: "giaatj" → "giật", "so61t" → "sốt".

A word is changed only when it is no syllable as typed and is one when decoded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.marks import VOWELS, is_plain_syllable, is_syllable, put_tone

TELEX_TONES = {"s": 1, "f": 2, "r": 3, "x": 4, "j": 5}
TELEX_LETTERS = (
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("uow", "ươ"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
# The few words that are written with a long o; any other is Telex for "ông".
LONG_O = frozenset({"xoong", "boong", "goong", "toong", "moong"})
VNI_LETTERS = {"a6": "â", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "a8": "ă", "d9": "đ"}


@lru_cache(maxsize=20_000)
def decode(word: str) -> str:
    """The syllable that was meant, or the word as it is (lower case)."""
    if re.fullmatch(r"[a-z]{1,6}[0-9][a-z0-9]*", word) and sum(c.isalpha() for c in word) >= 2:
        return _vni(word) or word
    if word.endswith("oong") and word not in LONG_O:
        return f"{word[:-4]}ông"
    if not re.fullmatch(r"[a-zà-ỹđ]{2,9}", word) or is_syllable(word) or is_plain_syllable(word):
        return word
    return _telex(word) or word


def _telex(word: str) -> str | None:
    first_vowel = next((i for i, c in enumerate(word) if c in VOWELS), None)
    if first_vowel is None:
        return None
    candidates = [(word, 0)]
    for i in range(len(word) - 1, first_vowel, -1):
        if word[i] in TELEX_TONES:
            candidates.append((word[:i] + word[i + 1 :], TELEX_TONES[word[i]]))
    for letters, tone in candidates:
        for typed, meant in TELEX_LETTERS:
            letters = letters.replace(typed, meant)
        # The mark may be typed at the end: "thuocs", "nguoiwf", "duocwj".
        for spelling in (letters, _late_mark(letters)):
            if spelling and (result := _valid(spelling, tone)):
                return result
    return None


def _late_mark(letters: str) -> str:
    if match := re.fullmatch(r"(.*)uo(.*)w", letters):
        return f"{match[1]}ươ{match[2]}"
    if match := re.fullmatch(r"(.*?)([aou])([^aou]*)w", letters):
        return match[1] + {"a": "ă", "o": "ơ", "u": "ư"}[match[2]] + match[3]
    if match := re.fullmatch(r"(.*?)([aeo])([a-zà-ỹ]+)\2", letters):
        return match[1] + {"a": "â", "e": "ê", "o": "ô"}[match[2]] + match[3]
    if match := re.fullmatch(r"d(.+)d", letters):
        return f"đ{match[1]}"
    return ""


def _vni(word: str) -> str | None:
    tones = re.findall(r"[1-5]", word)
    if len(tones) > 1:
        return None
    letters = re.sub(r"[1-5]", "", word)
    if letters.startswith("d9"):
        letters = "đ" + letters[2:]
    for typed, meant in VNI_LETTERS.items():
        letters = letters.replace(typed, meant)
    if match := re.fullmatch(r"(d?)(.*?)(u?)([aeo])([a-z]*)([678])", letters):
        marked = {"6": "âêô", "7": "  ơ", "8": "ă  "}[match[6]]["aeo".index(match[4])]
        horned = "ư" if match[6] == "7" and match[3] else match[3]
        letters = match[1] + match[2] + horned + marked + match[5]
    if letters.endswith("9") and letters.startswith("d"):
        letters = "đ" + letters[1:-1]
    return _valid(letters, int(tones[0]) if tones else 0)


def _valid(letters: str, tone: int) -> str | None:
    result = put_tone(letters, tone)
    return result if not result.isascii() and is_syllable(result) else None
