"""What takes the alarm out of a sign: negation, past and over, a question in general, fiction, a
pet, an idiom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from bot.nlu.normalise import LEXICON

NEGATION_REACH = 4
# A negation does not reach over these.
BREAK = re.compile(r"[.!?;,:\n]|\b(?:nhung|ma|rong|roi|con thi|chi)\b")
MEDICAL = "medical_emergency"


@dataclass(frozen=True)
class Scopes:
    """How the whole message is to be read."""

    past: bool
    settled: bool
    question: bool
    actual: bool
    fiction: bool
    pet: bool
    child: bool
    idioms: tuple[tuple[int, int], ...]

    def cancels(self, label: str, sign: str) -> str | None:
        """The reason why a sign of this label is no alarm here, or None."""
        if self.fiction and not (self.actual and self.child):
            return "fiction"
        if self.pet and not self.child and sign != "animal_bite":
            return "pet"
        if self.question and not self.actual:
            return "question"
        # What was done to a person is not over because it is past.
        if label == MEDICAL and ((self.past and not self.actual) or (self.past and self.settled)):
            return "past"
        return None


@lru_cache(maxsize=1)
def _expressions() -> dict[str, re.Pattern[str]]:
    content = yaml.safe_load((LEXICON / "scopes.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile(
            "|".join(rf"\b(?:{line})" if not line.startswith("\\b") else line for line in lines)
        )
        for name, lines in content.items()
    }


def read_scopes(plain: str) -> Scopes:
    """The scopes of a message without marks (`fold(normalise(text))`)."""
    found = _expressions()
    without_pets = found["pet"].sub(" ", plain)
    return Scopes(
        past=bool(found["past"].search(plain)),
        settled=bool(found["settled"].search(plain)),
        question=bool(found["question"].search(plain)),
        actual=bool(found["actual"].search(plain)),
        fiction=bool(found["fiction"].search(plain)),
        pet=bool(found["pet"].search(plain)),
        child=bool(found["child"].search(without_pets)),
        idioms=tuple(match.span() for match in found["idiom"].finditer(plain)),
    )


def is_negated(before: str) -> bool:
    """Whether the words before a sign (folded) take it back: "khong bi …", "chua thay …"."""
    clause = BREAK.split(before)[-1]
    words = clause.split()[-NEGATION_REACH:]
    return bool(
        re.search(rf"(?:^|\s)(?:{_expressions()['negation'].pattern})(?:\s|$)", " ".join(words))
    )
