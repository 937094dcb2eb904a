"""The word lists of data/lexicon/entities.tsv and what agrees with a phrase."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.marks import fold, strip_tone
from bot.nlu.tables import LEXICON

TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\s+|.", re.UNICODE | re.DOTALL)
# Rows of this kind are no entities: a phrase of theirs hides shorter words that it covers.
MASK = "không"
# Rows of this kind are common words: what a slip of the finger may have meant, never found.
COMMON = "chữ"
STOPPED = re.compile(r"(?:c|ch|p|t)$")


@dataclass(frozen=True)
class Phrase:
    """One way of writing an entity: `parts` are its syllables in lower case."""

    kind: str
    meaning: str
    parts: tuple[str, ...]


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Every row of the lists, a phrase each."""
    with (LEXICON / "entities.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Phrase(row["loại"], row["nghĩa"], syllables(written))
            for row in csv.DictReader(file, delimiter="\t")
            for written in row["cách viết"].split("|")
        )


def syllables(text: str) -> tuple[str, ...]:
    """The tokens of a phrase without its spaces, in lower case."""
    return tuple(part for part in TOKEN.findall(text.lower()) if not part.isspace())


def agree(parts: Sequence[str], typed: Sequence[str]) -> bool:
    """A typed mark must agree, a mark that is not there is no objection; a syllable alone is whole,
    or bare, or without a tone that it must bear.
    """
    if len(parts) == 1:
        meant = parts[0]
        return (
            typed[0] in {meant, fold(meant)}
            # "sôt" can only be "sốt": what ends in a stop always bears a tone.
            or (bool(STOPPED.search(meant)) and typed[0] == strip_tone(meant))
        )
    return all(
        typed_part in {part, strip_tone(part), fold(part)}
        for part, typed_part in zip(parts, typed, strict=True)
    )
