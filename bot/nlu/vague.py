"""Messages that say nothing answerable: an age alone, "giúp em với", "con em bị sao vậy".

What counts is what is left once ages and the words of data/lexicon/vague.tsv are taken away:
nothing may be.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.entities import child_months, numbers
from bot.nlu.marks import fold
from bot.nlu.normalise import LEXICON, normalise
from bot.nlu.phrases import syllables

AGES = frozenset({"age", "birth_date", "duration"})
# A greeting or a child alone asks for nothing; one of these, or an age, does.
ASKING = frozenset({"hỏi", "nhờ"})
# Fillers that together do say something: "mầm giúp được gì".
MEANT = "khác"


@dataclass(frozen=True)
class Vague:
    """`months`: the age that was told, completed months; `asks`: more than an age was said."""

    months: int | None
    asks: bool


@dataclass(frozen=True)
class Filler:
    """A phrase that says nothing; `may_be_bare`: typed without marks it means nothing else."""

    kind: str
    parts: tuple[str, ...]
    may_be_bare: bool


def read_vague(text: str) -> Vague | None:
    """What a message that says nothing answerable does say; None: there is something to answer."""
    rest, has_age = _without_ages(unicodedata.normalize("NFC", text))
    words = [part for part in syllables(normalise(rest)) if part[0].isalnum()]
    kinds = _kinds(words)
    if kinds is None:
        return None
    asks = bool(kinds & ASKING)
    return Vague(child_months(text), asks) if asks or has_age else None


def _without_ages(text: str) -> tuple[str, bool]:
    """The text with its ages blanked out, and whether it had one."""
    told = [entity for entity in numbers(text) if entity.kind in AGES]
    for entity in told:
        text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    return text, any(entity.kind != "duration" for entity in told)


def _kinds(words: list[str]) -> set[str] | None:
    """The kinds of fillers that cover all words, the longest first; None when a word is left."""
    kinds: set[str] = set()
    place = 0
    while place < len(words):
        filler = _filler_at(words, place)
        if filler is None or filler.kind == MEANT:
            return None
        kinds.add(filler.kind)
        place += len(filler.parts)
    return kinds


def _filler_at(words: list[str], place: int) -> Filler | None:
    for filler in _fillers().get(fold(words[place]), ()):
        typed = words[place : place + len(filler.parts)]
        if len(typed) == len(filler.parts) and all(
            one == part or (filler.may_be_bare and one == fold(part))
            for one, part in zip(typed, filler.parts, strict=True)
        ):
            return filler
    return None


@lru_cache(maxsize=1)
def _fillers() -> dict[str, tuple[Filler, ...]]:
    """Fillers by their first syllable without marks, the longest first."""
    found: dict[str, list[Filler]] = {}
    with (LEXICON / "vague.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for written in row["cách viết"].split("|"):
                parts = syllables(normalise(written))
                filler = Filler(row["loại"], parts, row["bỏ dấu"] == "được")
                found.setdefault(fold(parts[0]), []).append(filler)
    return {
        word: tuple(sorted(fillers, key=lambda filler: -len(filler.parts)))
        for word, fillers in found.items()
    }
