"""Messages that say nothing answerable: an age alone, "giúp em với", "con em bị sao vậy".

What counts is what is left once ages and the words of data/lexicon/vague.tsv are taken away:
nothing may be.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.nlu.entities import child_months
from bot.nlu.fillers import cover, without_ages, words_of

LIST = "vague.tsv"
# A greeting or a child alone asks for nothing; one of these, or an age, does.
ASKING = frozenset({"hỏi", "nhờ"})
# Fillers that together do say something: "mầm giúp được gì".
MEANT = "khác"


@dataclass(frozen=True)
class Vague:
    """`months`: the age that was told, completed months; `asks`: more than an age was said."""

    months: int | None
    asks: bool


def read_vague(text: str) -> Vague | None:
    """What a message that says nothing answerable does say; None: there is something to answer."""
    rest, has_age = without_ages(unicodedata.normalize("NFC", text))
    kinds = {kind for kind, _ in cover(words_of(rest), LIST)}
    if not kinds.isdisjoint({"", MEANT}):
        return None
    asks = not ASKING.isdisjoint(kinds)
    return Vague(child_months(text), asks) if asks or has_age else None
