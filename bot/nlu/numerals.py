"""Numbers in figures and in words: "2,5", "mười tám", "hăm hai", "nửa"."""

from __future__ import annotations

import re

from bot.nlu.marks import fold, is_syllable, strip_tone
from bot.nlu.readable import Line

DIGITS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
TENS = {"muoi": 10, "chuc": 10, "ham": 20, "bam": 30}
_ONES = "mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin"
_FIRST = "hai|ba|bon|nam|sau|bay|tam|chin"
IN_WORDS = (
    rf"(?:(?:{_FIRST})\s+(?:muoi|chuc)(?:\s+(?:{_ONES}))?|(?:muoi|ham|bam)\s+(?:{_ONES})"
    rf"|muoi|chuc|nua|mot|{_FIRST})"
)
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{IN_WORDS}(?=\s))"
WRITTEN = {
    "mot": ("một", "mốt"),
    "hai": ("hai",),
    "ba": ("ba",),
    "bon": ("bốn",),
    "tu": ("tư",),
    "nam": ("năm",),
    "lam": ("lăm",),
    "sau": ("sáu",),
    "bay": ("bảy", "bẩy"),
    "tam": ("tám",),
    "chin": ("chín",),
    "muoi": ("mười", "mươi"),
    "chuc": ("chục",),
    "ham": ("hăm",),
    "bam": ("băm",),
    "nua": ("nửa",),
}
# Without marks these are more often other words (sau "after", nam, tầm, bay).
RISKY = frozenset({"sau", "nam", "tam", "bay", "tu"})


def value_of(words: str) -> float:
    """The number; `words` are folded and match NUMBER."""
    if words[0].isdigit():
        return float(words.replace(",", "."))
    if words == "nua":
        return 0.5
    total = 0
    for word in words.split():
        if word in {"muoi", "chuc"}:
            total = total * 10 if total else 10
        else:
            total += TENS.get(word) or DIGITS[word]
    return float(total)


def is_spoken_number(line: Line, start: int, end: int) -> bool:
    """Whether the word or words there are a number with regard to the marks they bear."""
    if line.plain[start].isdigit():
        return True
    for match in re.finditer(r"\S+", line.plain[start:end]):
        word = line.meant[start + match.start() : start + match.end()].lower()
        written = WRITTEN.get(match[0], ())
        bare = fold(word) == word and word not in written
        if bare:
            if match[0] in RISKY and line.has_marks:
                return False
        elif is_syllable(word) and not any(word in {right, strip_tone(right)} for right in written):
            return False
    return True
