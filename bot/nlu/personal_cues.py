"""The words that begin a piece of an address, and how much each tells of one house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.marks import fold
from bot.nlu.personal_lists import names, words

# How much a piece tells of one house; an address needs ENOUGH.
HOUSE, STREET, ROOM, TOWN = 2.0, 1.0, 0.5, 0.4
ENOUGH = 2.0
# "ở", "địa chỉ:" before it.
SAID = 1.0


@dataclass(frozen=True)
class Cue:
    """A word that begins a piece of an address."""

    written: str
    tells: float
    # What may follow it: n a number, l a letter, w a name, C a name with a capital only.
    takes: str
    # Small things come before large ones: 0 house and street, 1 village, 2 commune, 3 town.
    rank: int


def _cues(listed: str, tells: float, takes: str, rank: int = 0) -> list[Cue]:
    return [Cue(written, tells, takes, rank) for written in words(listed).written]


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The longest first."""
    listed = [
        *_cues("house", HOUSE, "n"),
        *_cues("hostel", HOUSE, "nw"),
        *_cues("street", STREET, "nw"),
        *_cues("estate", STREET, "nw"),
        *_cues("block", ROOM, "nl"),
        *_cues("room", ROOM, "n"),
        *_cues("group", STREET, "n"),
        *_cues("village", HOUSE, "nw", 1),
        *_cues("village_by_capital", HOUSE, "nC", 1),
        *_cues("commune", STREET, "nw", 2),
        *_cues("town", TOWN, "nw", 3),
    ]
    return tuple(sorted(listed, key=lambda cue: -len(cue.written)))


@lru_cache(maxsize=1)
def cue_pattern() -> re.Pattern[str]:
    """Any cue in text without marks."""
    written = "|".join(re.escape(fold(cue.written)) for cue in cues())
    return re.compile(rf"(?<!\w)(?:{written})(?![a-z])")


@lru_cache(maxsize=1)
def next_pattern() -> re.Pattern[str]:
    """A cue that ends the name before it: one that takes a number alone, with its number."""
    written = "|".join(
        re.escape(fold(cue.written)) + ("" if set(cue.takes) & set("wC") else r"(?=\W{0,2}\d)")
        for cue in cues()
    )
    return re.compile(rf"(?<!\w)(?:{written})(?![a-z])")


@lru_cache(maxsize=1)
def town_pattern() -> re.Pattern[str]:
    """Any town or province in text without marks."""
    written = sorted((fold(place) for place in names()["nơi"].written), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, written))})(?!\w)")
