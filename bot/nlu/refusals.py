"""What Mầm refuses to answer, by kind (data/lexicon/refusals.yml): drugs and doses, reading of
results, diagnoses, other people's illnesses …

Only words are looked at. Whether an article answers it all the same is for the caller to ask first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from bot.nlu.entities import child_months
from bot.nlu.marks import fold
from bot.nlu.normalise import LEXICON, normalise

NAME = re.compile(r"<(\w+)>")
# A gap of a pattern does not reach into another sentence.
GAP = re.compile(r"\.(?=\{0,)")
# Who is older is grown up, and no child of the family.
GROWN_MONTHS = 216


@dataclass(frozen=True)
class Refusal:
    """`kind` names the response utter_refuse_<kind>; `always`: however well an article fits."""

    kind: str
    always: bool


@dataclass(frozen=True)
class Kind:
    """One kind of the lexicon; `months_from`: a child of that age or older is of this kind."""

    refusal: Refusal
    say: tuple[re.Pattern[str], ...] = field(repr=False)
    unless: tuple[re.Pattern[str], ...] = field(repr=False)
    months_from: int | None


def find_refusal(text: str) -> Refusal | None:
    """The first kind whose words stand in the message, or None. Patterns with marks are meant for
    the text with its marks, the others for the text without.
    """
    marked = normalise(text)
    plain = fold(marked)
    months = child_months(text)
    for kind in load_kinds():
        if _says(kind.unless, marked, plain):
            continue
        if _is_of_age(kind, months) or _says(kind.say, marked, plain):
            return kind.refusal
    return None


def _says(patterns: tuple[re.Pattern[str], ...], marked: str, plain: str) -> bool:
    return any(
        pattern.search(plain if pattern.pattern.isascii() else marked) for pattern in patterns
    )


def _is_of_age(kind: Kind, months: int | None) -> bool:
    return (
        kind.months_from is not None
        and months is not None
        and kind.months_from <= months < GROWN_MONTHS
    )


@lru_cache(maxsize=1)
def load_kinds() -> tuple[Kind, ...]:
    """Every kind in its order. Raises KeyError for a group that `words` has not."""
    content = yaml.safe_load((LEXICON / "refusals.yml").read_text(encoding="utf-8"))
    groups: dict[str, str] = content["words"]
    return tuple(_kind(name, entry, groups) for name, entry in content["kinds"].items())


def _kind(name: str, entry: dict[str, Any], groups: dict[str, str]) -> Kind:
    def patterns(lines: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(line, groups) for line in lines)

    return Kind(
        Refusal(name, bool(entry.get("always"))),
        patterns(entry["say"]),
        patterns(entry.get("unless", [])),
        entry.get("months_from"),
    )


def _pattern(line: str, groups: dict[str, str]) -> re.Pattern[str]:
    """Whole words only."""
    filled = NAME.sub(lambda match: groups[match[1]], line)
    return re.compile(rf"(?<!\w)(?:{GAP.sub('[^.!?]', filled)})(?!\w)")
