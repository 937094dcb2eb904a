"""Rules and classifier together: the one label of a message. Uncertain between two: the more
serious.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.nlu.entities import child_months as months_of
from bot.nlu.screen.alert import PRIORITY, URGENT, Alert
from bot.nlu.screen.classifier import ScreenClassifier
from bot.nlu.screen.rules import Finding, find_signs

# Chosen by cross-validation on data/screen/train (bot.nlu.screen.training prints the table),
# recall first.
URGENT_ALONE = 0.60
SOFT_ALONE = 0.50
# A sign of the lexicon falls only where the classifier is this sure that the message is safe.
SAFE_OVERRULES = 0.97
# Earlier messages of the hour that a short message is read with.
SHORT_WORDS = 8

logger = logging.getLogger(__name__)


class Screen:
    """`Screen.load()` once a process; `judge` is thread-safe."""

    def __init__(self, classifier: ScreenClassifier | None) -> None:
        self.classifier = classifier

    @classmethod
    def load(cls, models: Path = Path("models")) -> Screen:
        """With the newest classifier that fits the data; with the rules alone when there is none."""  # noqa: E501
        return cls(ScreenClassifier.load(models))

    def judge(
        self,
        text: str,
        *,
        child_months: int | None = None,
        before: Sequence[str] = (),
        vector: np.ndarray | None = None,
        use_encoder: bool = True,
    ) -> Alert | None:
        """The alert of a message, None when it is safe. `before`: earlier messages, oldest first."""  # noqa: E501
        alert = self._judge_one(text, child_months, vector, use_encoder)
        if before and (alert is None or not alert.urgent) and len(text.split()) <= SHORT_WORDS:
            together = self._judge_one(" , ".join([*before[-2:], text]), child_months, None, False)
            alone = self._judge_one(" , ".join(before[-2:]), child_months, None, False)
            # Only what the new words add counts, so that one sign is not raised again by every
            # "dạ".
            if together and together.urgent and not (alone and alone.urgent):
                return together
        return alert

    def _judge_one(
        self, text: str, child_months: int | None, vector: np.ndarray | None, use_encoder: bool
    ) -> Alert | None:
        if not text.strip():
            return None
        told = months_of(text)
        months = told if told is not None else child_months
        findings = find_signs(text, child_months=months)
        soft = find_signs(text, child_months=months, lexicon="soft_signs")
        chances = self.classifier.chances(text, vector, use_encoder) if self.classifier else None
        return decide(findings, soft, chances)


def decide(
    findings: list[Finding], soft: list[Finding], chances: dict[str, float] | None
) -> Alert | None:
    """The label: standing signs first, then the classifier, then soft signs."""
    standing = [finding for finding in findings if finding.cancelled is None]
    urgent = [finding for finding in standing if finding.label in URGENT]
    if chances and not URGENT & chances.keys():
        # A classifier that never saw danger has no say in it.
        chances = {**chances, "safe": min(chances.get("safe", 0.0), SAFE_OVERRULES - 0.01)}
    safe = (chances or {}).get("safe", 0.0)
    if urgent and safe < SAFE_OVERRULES:
        return _alert(urgent, standing, "lexicon", 1.0 - safe if chances else 1.0)
    if chances:
        danger = sum(chances.get(label, 0.0) for label in URGENT)
        # A sign that was taken back wants a surer classifier.
        needed = URGENT_ALONE if not findings else min(0.9, URGENT_ALONE + 0.15)
        if danger >= needed:
            label = max(URGENT, key=lambda name: chances.get(name, 0.0))
            words = tuple(finding.words for finding in findings if finding.label == label)
            signs = tuple(
                dict.fromkeys(finding.sign for finding in findings if finding.label == label)
            )
            return Alert(label, (), signs, words, "classifier", danger)
    mild = [f for f in [*standing, *soft] if f.label not in URGENT and f.cancelled is None]
    if chances:
        label = max(chances, key=lambda name: chances[name])
        if label in PRIORITY and label not in URGENT and chances[label] >= SOFT_ALONE:
            return Alert(
                label,
                (),
                (),
                tuple(f.words for f in mild if f.label == label),
                "classifier",
                chances[label],
            )
        # The soft lexicon speaks where the classifier has no clear opinion.
        mild = [finding for finding in mild if safe < 0.6 or finding.sign == "long_illness"]
    return _alert(mild, mild, "lexicon", 1.0 - safe if chances else 1.0) if mild else None


def _alert(deciding: list[Finding], standing: list[Finding], rule: str, score: float) -> Alert:
    label = min((finding.label for finding in deciding), key=PRIORITY.index)
    also = sorted({finding.label for finding in standing} - {label}, key=PRIORITY.index)
    own = [finding for finding in deciding if finding.label == label]
    signs = tuple(dict.fromkeys(finding.sign for finding in own))
    words = tuple(dict.fromkeys(finding.words for finding in own))
    return Alert(label, tuple(also[:1]), signs, words, rule, score)
