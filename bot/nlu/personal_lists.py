"""Names and the words around them: data/lexicon/names.tsv and data/lexicon/personal.yml."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.nlu.marks import fold, is_syllable, put_tone, strip_tone, tone_of
from bot.nlu.normalise import LEXICON


@dataclass(frozen=True)
class Listing:
    """The words of one row: as written, and without their marks."""

    written: frozenset[str]
    bare: frozenset[str]


@lru_cache(maxsize=1)
def names() -> dict[str, Listing]:
    """Every row of names.tsv by its kind (first column)."""
    with (LEXICON / "names.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["loại"]: _listing(row["cách viết"].split("|"))
            for row in csv.DictReader(file, delimiter="\t")
        }


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((LEXICON / "personal.yml").read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def placeholders() -> dict[str, str]:
    """What stands in place of each kind, for people."""
    return dict(_content()["placeholders"])


@lru_cache(maxsize=1)
def roles() -> dict[str, Listing]:
    """Words by the letter of their role."""
    return {str(letter): _listing(words) for letter, words in _content()["roles"].items()}


@lru_cache(maxsize=32)
def words(kind: str) -> Listing:
    """Another list of personal.yml."""
    return _listing(_content()[kind])


def _listing(written: list[str]) -> Listing:
    spelled = frozenset(" ".join(map(one_spelling, phrase.split(" "))) for phrase in written)
    return Listing(spelled, frozenset(map(fold, spelled)))


def is_listed(listing: Listing, lemma: str, loose: bool) -> bool:
    """Whether the list has the word; `loose` lets a word without marks stand for a marked one."""
    return lemma in listing.written or (loose and lemma.isascii() and lemma in listing.bare)


@lru_cache(maxsize=20_000)
def one_spelling(syllable: str) -> str:
    """ "hòa" and "hoà" are one."""
    if syllable.isascii() or not is_syllable(syllable):
        return syllable
    return put_tone(strip_tone(syllable), tone_of(syllable))
