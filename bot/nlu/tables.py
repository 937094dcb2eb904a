"""The tables of data/lexicon/*.tsv as rows; a trainer reads and extends them (docs/trainers.md)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from bot.nlu.marks import fold, is_syllable, put_tone, strip_tone, tone_of

LEXICON = Path(__file__).resolve().parents[2] / "data/lexicon"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data/lexicon/<name>.tsv, each a value by column."""
    with (LEXICON / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=20_000)
def tone_in_place(word: str) -> str:
    """A syllable with its tone where we write it: "hòa" → "hoà"; any other word as it is."""
    if word.isascii() or not is_syllable(word):
        return word
    return put_tone(strip_tone(word), tone_of(word))


@lru_cache(maxsize=1)
def teencode() -> dict[str, str]:
    """Abbreviation → meaning, from teencode.tsv."""
    return {row["viết"]: row["nghĩa"] for row in rows("teencode")}


@lru_cache(maxsize=1)
def in_use() -> frozenset[str]:
    """Syllables that people write, marks and all, from syllables.tsv: what is among them is never
    taken for a slip by itself.
    """
    return frozenset(word for row in rows("syllables") for word in row["chữ có thật"].split())


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Those that people write all the time: company alone does not make a slip of them."""
    return frozenset(word for row in rows("syllables") for word in row["hay gặp"].split())


@lru_cache(maxsize=1)
def plain_in_use() -> frozenset[str]:
    """The same without marks."""
    return frozenset(map(fold, in_use()))
