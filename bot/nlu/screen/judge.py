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

# Chosen on tests/data/screen (docs/evaluation.md). The sum of the urgent chances that is enough by
# itself; in a message of a few words, which tell a classifier little; beside a standing sign.
URGENT_ALONE = 0.27
URGENT_IN_FEW_WORDS = 0.40
URGENT_WITH_SIGN = 0.08
FEW_WORDS = 3
# A plain sign in a short message stands whatever the classifier thinks: "be sot 39 do co giat".
PLAIN_WORDS = 12
# A second label is named from this chance on.
ALSO_AT = 0.25
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
        if not any(character.isalpha() for character in text):
            return None
        told = months_of(text)
        months = told if told is not None else child_months
        findings = find_signs(text, child_months=months)
        soft = find_signs(text, child_months=months, lexicon="soft_signs")
        chances = self.classifier.chances(text, vector, use_encoder) if self.classifier else None
        return decide(findings, soft, chances, len(text.split()))


def decide(
    findings: list[Finding], soft: list[Finding], chances: dict[str, float] | None, words: int
) -> Alert | None:
    """The label: by the classifier, which a standing sign of the lexicon needs less of; by the
    lexicon alone where there is no classifier.
    """
    standing = [finding for finding in findings if finding.cancelled is None]
    urgent = [finding for finding in standing if finding.label in URGENT]
    mild = [f for f in [*standing, *soft] if f.label not in URGENT and f.cancelled is None]
    if not chances or not URGENT & chances.keys():
        # A classifier that never saw danger has no say.
        deciding = urgent or mild
        return _by_lexicon(deciding, [*standing, *soft]) if deciding else None
    if counted := [finding for finding in urgent if finding.is_counted]:
        return _by_lexicon(counted, urgent)
    danger = sum(chances.get(label, 0.0) for label in URGENT)
    if urgent and words <= PLAIN_WORDS and danger < URGENT_ALONE:
        return _by_lexicon(urgent, urgent)
    alone = URGENT_IN_FEW_WORDS if words <= FEW_WORDS else URGENT_ALONE
    if danger >= alone or (urgent and danger >= URGENT_WITH_SIGN):
        label = max(URGENT, key=lambda name: chances.get(name, 0.0))
        also = [
            name
            for name in PRIORITY
            if name != label
            and (
                chances.get(name, 0.0) >= ALSO_AT
                or any(finding.label == name for finding in urgent)
            )
        ]
        return _alert(label, also, findings, "lexicon" if urgent else "classifier", danger)
    label = max((name for name in chances if name not in URGENT), key=lambda name: chances[name])
    if label not in PRIORITY:
        return None
    return _alert(label, [], mild, "classifier", chances[label])


def _by_lexicon(deciding: list[Finding], standing: list[Finding]) -> Alert:
    label = min((finding.label for finding in deciding), key=PRIORITY.index)
    also = sorted({finding.label for finding in standing} - {label}, key=PRIORITY.index)
    return _alert(label, also, deciding, "lexicon", 1.0)


def _alert(label: str, also: list[str], findings: list[Finding], rule: str, score: float) -> Alert:
    own = [finding for finding in findings if finding.label == label]
    signs = tuple(dict.fromkeys(finding.sign for finding in own))
    words = tuple(dict.fromkeys(finding.words for finding in own))
    return Alert(label, tuple(also[:1]), signs, words, rule, score)
