"""What the screen found: the label, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MEDICAL = "medical_emergency"
# The more serious first; source: SAFETY.md.
PRIORITY = (
    MEDICAL,
    "self_harm",
    "child_abuse",
    "domestic_violence",
    "see_doctor_soon",
    "developmental_concern",
    "caregiver_distress",
    "wants_human",
)
URGENT = frozenset(PRIORITY[:4])
# Somebody may be reading along: nothing of what was told stands where a notification shows it.
PRIVATE = URGENT - {MEDICAL}
# How an alert came about, beside signs and numbers ("lexicon"): by the words alone, by an answer.
CLASSIFIER, ANSWER = "classifier", "answer"
# Below this chance the parent is asked, after the card. On tests/data/screen, with the encoder,
# that is 16 of the 21 safe messages taken for a medical emergency, and 72 of 588 true ones.
CLEAR_FROM = 0.9


@dataclass(frozen=True)
class Alert:
    """`signs` are ids of data/lexicon/danger_signs.yml; `words` what was typed; `score` 0–1."""

    label: str
    also: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rule: str = "lexicon"
    score: float = 1.0

    @property
    def urgent(self) -> bool:
        """Whether a person is called at once."""
        return self.label in URGENT

    @property
    def is_unclear(self) -> bool:
        """Danger is likely, and neither signs nor words make it sure."""
        return self.urgent and self.score < CLEAR_FROM

    def as_dict(self) -> dict[str, Any]:
        """For a JSON column, a message's metadata, the console."""
        return {**asdict(self), "urgent": self.urgent, "score": round(self.score, 3)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Alert:
        """The inverse of `as_dict`; keys of others (`card`) are passed over."""
        return cls(
            label=data["label"],
            also=tuple(data.get("also", ())),
            signs=tuple(data.get("signs", ())),
            words=tuple(data.get("words", ())),
            rule=data.get("rule", ""),
            score=data.get("score", 1.0),
        )
