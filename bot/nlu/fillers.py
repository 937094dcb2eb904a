"""Phrases of a word list that together may make up a whole message, so that nothing is left over.

A list has the columns loại (kind), bỏ dấu ("được": typed without marks it means nothing else) and
cách viết (phrases, between bars).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.entities import numbers
from bot.nlu.marks import fold
from bot.nlu.normalise import LEXICON, normalise
from bot.nlu.phrases import syllables

AGES = frozenset({"age", "birth_date", "duration"})


@dataclass(frozen=True)
class Filler:
    """A phrase of a list; `bare`: how else it may be typed, without marks where that is no other
    word.
    """

    kind: str
    parts: tuple[str, ...]
    bare: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text (NFC) as they were meant, no punctuation."""
    return [part for part in syllables(normalise(text)) if part[0].isalnum()]


def without_ages(text: str) -> tuple[str, bool]:
    """The text (NFC) with its ages blanked out, and whether it had one."""
    told = [entity for entity in numbers(text) if entity.kind in AGES]
    for entity in told:
        text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    return text, any(entity.kind != "duration" for entity in told)


def cover(words: list[str], *lists: str) -> list[tuple[str, str]]:
    """(kind, phrase) from left to right, the longest phrases first and those of an earlier list
    before those of a later one; a word that no phrase holds has no kind.
    """
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(words):
        filler = _filler_at(words, place, lists)
        size = len(filler.parts) if filler else 1
        found.append((filler.kind if filler else "", " ".join(words[place : place + size])))
        place += size
    return found


def _filler_at(words: list[str], place: int, lists: tuple[str, ...]) -> Filler | None:
    for filler in _fillers(lists).get(fold(words[place]), ()):
        typed = words[place : place + len(filler.parts)]
        if len(typed) == len(filler.parts) and all(
            one in either for one, *either in zip(typed, filler.parts, filler.bare, strict=True)
        ):
            return filler
    return None


@lru_cache(maxsize=4)
def _fillers(lists: tuple[str, ...]) -> dict[str, tuple[Filler, ...]]:
    """Fillers by their first syllable without marks, the longest first."""
    found: dict[str, list[Filler]] = {}
    for name in lists:
        with (LEXICON / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                for written in row["cách viết"].split("|"):
                    parts = syllables(normalise(written))
                    bare = tuple(map(fold, parts)) if row["bỏ dấu"] == "được" else parts
                    filler = Filler(row["loại"], parts, bare)
                    found.setdefault(fold(parts[0]), []).append(filler)
    return {
        word: tuple(sorted(fillers, key=lambda filler: -len(filler.parts)))
        for word, fillers in found.items()
    }
