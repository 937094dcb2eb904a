"""The word lists of data/lexicon/entities.tsv and where their phrases stand in a line of tokens."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.nlu.marks import fold, strip_tone
from bot.nlu.normalise import LEXICON

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


@dataclass
class Node:
    """A step of the tree of folded syllables."""

    following: dict[str, Node] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)


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


def find(tokens: Sequence[str]) -> Iterator[tuple[Phrase, int, int]]:
    """(phrase, first token, token after the last). A typed mark must agree, a mark that is not
    there is no objection; a syllable alone is whole, or bare, or without a tone that it must bear.
    """
    lower = [token.lower() for token in tokens]
    bare = [fold(token) for token in lower]
    root = _tree()
    for start in range(len(tokens)):
        node = root.following.get(bare[start])
        end = start + 1
        while node is not None:
            for phrase in node.phrases:
                if _agree(phrase.parts, lower[start:end]):
                    yield phrase, start, end
            if end == len(tokens):
                break
            node = node.following.get(bare[end])
            end += 1


def _agree(parts: tuple[str, ...], typed: list[str]) -> bool:
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


@lru_cache(maxsize=1)
def _tree() -> Node:
    root = Node()
    for phrase in phrases():
        if phrase.kind == COMMON:
            continue
        node = root
        for part in phrase.parts:
            node = node.following.setdefault(fold(part), Node())
        node.phrases.append(phrase)
    return root
