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
    # What may follow it: n a number, w a name, C a name with a capital only.
    takes: str


def _cues(tells: float, takes: str, listed: str) -> list[Cue]:
    return [Cue(written, tells, takes) for written in words(listed).written]


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The longest first."""
    listed = [
        *_cues(HOUSE, "n", "house"),
        *_cues(HOUSE, "nw", "village"),
        *_cues(HOUSE, "nC", "village_by_capital"),
        *_cues(STREET, "nw", "street"),
        *_cues(STREET, "n", "group"),
        *_cues(STREET, "nw", "commune"),
        *_cues(STREET, "nw", "estate"),
        *_cues(ROOM, "n", "room"),
        *_cues(TOWN, "nw", "town"),
    ]
    return tuple(sorted(listed, key=lambda cue: -len(cue.written)))


@lru_cache(maxsize=1)
def cue_pattern() -> re.Pattern[str]:
    """Any cue in text without marks."""
    written = "|".join(re.escape(fold(cue.written)) for cue in cues())
    return re.compile(rf"(?<!\w)(?:{written})(?![a-z])")


@lru_cache(maxsize=1)
def town_pattern() -> re.Pattern[str]:
    """Any town or province in text without marks."""
    written = sorted((fold(place) for place in names()["nơi"].written), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, written))})(?!\w)")
