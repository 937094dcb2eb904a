"""Names and the words around them: data/lexicon/names.tsv and data/lexicon/personal.yml; and what
befalls a child, out of the lists of symptoms and of danger signs.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.nlu.marks import fold, is_syllable, put_tone, strip_tone, tone_of
from bot.nlu.normalise import LEXICON

NAMES, PERSONAL = LEXICON / "names.tsv", LEXICON / "personal.yml"
ENTITIES, DANGERS = LEXICON / "entities.tsv", LEXICON / "danger_signs.yml"
# A masked text that is kept holds for these files as they were.
LISTS = (NAMES, PERSONAL, ENTITIES, DANGERS)
SYMPTOM = "symptom"
# The first word of a way to say a danger sign, or the words it may be: "(tím|xanh) tái".
FIRST = re.compile(r"\(?([^)\s]+)")


@dataclass(frozen=True)
class Listing:
    """The words of one row: as written, and without their marks."""

    written: frozenset[str]
    bare: frozenset[str]


@lru_cache(maxsize=1)
def names() -> dict[str, Listing]:
    """Every row of names.tsv by its kind (first column)."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {
            row["loại"]: _listing(row["cách viết"].split("|"))
            for row in csv.DictReader(file, delimiter="\t")
        }


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(PERSONAL.read_text(encoding="utf-8"))
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


@lru_cache(maxsize=1)
def doings() -> Listing:
    """What a child does or how it is ("khóc", "gầy"), and how a symptom begins ("co" of "co giật"):
    after "bé" such a word with a capital is no name.
    """
    begun = [phrase[0] for phrase in _symptoms()]
    return _listing([*names()["việc của bé"].written, *begun])


@lru_cache(maxsize=1)
def dangers() -> Listing:
    """How a danger sign begins, but for kinship ("con", "chồng"): "kẹt", "chìm"."""
    signs = yaml.safe_load(DANGERS.read_text(encoding="utf-8")).values()
    ways = [FIRST.match(way) for sign in signs for way in sign["say"]]
    begun = [one.split("_")[0].rstrip("?") for way in ways if way for one in way[1].split("|")]
    kin = set().union(*(roles()[letter].written for letter in "KkwP"))
    return _listing(sorted(set(begun) - kin))


@lru_cache(maxsize=1)
def doing_pairs() -> Listing:
    """Two words of which one alone may be a name: "sinh non", and of symptoms "táo bón"."""
    begun = [" ".join(phrase[:2]) for phrase in _symptoms() if len(phrase) > 1]
    return _listing([*words("doing_pairs").written, *begun])


@lru_cache(maxsize=1)
def _symptoms() -> tuple[list[str], ...]:
    with ENTITIES.open(encoding="utf-8", newline="") as file:
        return tuple(
            written.split()
            for row in csv.DictReader(file, delimiter="\t")
            if row["loại"] == SYMPTOM
            for written in row["cách viết"].split("|")
        )


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
