"""Rules and classifier together: the one label of a message. Uncertain between two: the more
serious.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.nlu.encoder import encode
from bot.nlu.entities import child_months as months_of
from bot.nlu.screen.alert import ANSWER, CLASSIFIER, MEDICAL, PRIORITY, URGENT, Alert
from bot.nlu.screen.classifier import ScreenClassifier
from bot.nlu.screen.combine import features, read_combination, urgent_chance
from bot.nlu.screen.explain import telling_words
from bot.nlu.screen.rules import Finding, find_signs
from bot.nlu.screen.turns import TAKEN_BACK, agrees, corrects, role_of
from bot.nlu.views import lacks_marks, to_encode

Vector = np.ndarray | Callable[[], np.ndarray] | None

# Where the chance without the encoder lies outside of these, the encoder would not change it: the
# card goes out before the message is encoded (docs/evaluation.md).
SURELY_SAFE, SURELY_URGENT = 0.03, 0.97
# A plain sign in a short message stands whatever the classifier thinks: "be sot 39 do co giat"; in
# a longer one where the message says that it is so now: "con đang bị hóc thì sơ cứu thế nào".
PLAIN_WORDS, PLAIN_WORDS_NOW = 6, 15
# From this chance on a label stands against the signs of others.
SURER_THAN_SIGNS = 0.6
# A second label is named from this chance on.
ALSO_AT = 0.25
# From this chance on a line without marks tells of danger just as it was typed, where with its
# marks put back it does not: a wrong mark hides nothing.
AS_TYPED_AT = 0.7
# Earlier messages of the hour that a short message is read with.
SHORT_WORDS = 8
SHOWN_CHARACTERS = 80
# A correction that words alone still make an alarm of counts when they are no surer than this.
UNSURE = 0.5


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
        answers_danger: bool = False,
        vector: Vector = None,
        use_encoder: bool = True,
    ) -> Alert | None:
        """The alert of a message, None when it is safe. `before`: earlier messages, oldest first;
        `answers_danger`: our last words asked whether there is a sign of danger; `vector`: (384,)
        of the text, or what makes it when it is needed.
        """
        if not before:
            return self._judge_one(text, child_months, vector, use_encoder)
        earlier = self._judge_one(" , ".join(before[-2:]), child_months, None, False)
        is_raised = earlier is not None and earlier.urgent
        if not is_raised or corrects(text):
            # The child that was spoken of a moment ago.
            told = (months_of(line) for line in reversed(before))
            child_months = next((months for months in told if months is not None), child_months)
        alert = self._judge_one(text, child_months, vector, use_encoder)
        if alert is not None and alert.urgent:
            return None if earlier is not None and _says_no_more(text, alert, earlier) else alert
        if answers_danger and agrees(text):
            return Alert(MEDICAL, words=(text[:SHOWN_CHARACTERS],), rule=ANSWER)
        if role_of(text) or corrects(text):
            return alert
        if len(text.split()) > SHORT_WORDS:
            return _counted_together(text, before) or alert
        together = self._judge_one(" , ".join([*before[-2:], text]), child_months, None, False)
        # Only what the new words add counts, so that one sign is not raised again by every "dạ".
        if together is None or not together.urgent:
            return alert
        if earlier is not None and earlier.urgent and set(together.signs) <= set(earlier.signs):
            return alert
        return together

    def explain(self, text: str, alert: Alert) -> Alert:
        """The alert with the words that made the classifier think so, where no sign names any."""
        if self.classifier is None or not alert.urgent or alert.words:
            return alert
        return replace(alert, words=telling_words(self.classifier, text, alert.label))

    def _judge_one(
        self, text: str, child_months: int | None, vector: Vector, use_encoder: bool
    ) -> Alert | None:
        if not any(character.isalpha() for character in text):
            return None
        told = months_of(text)
        months = told if told is not None else child_months
        findings = find_signs(text, child_months=months)
        soft = find_signs(text, child_months=months, lexicon="soft_signs")
        words = len(text.split())
        if self.classifier is None:
            return by_lexicon_alone(findings, soft)
        chances = self.classifier.chances(text)
        urgent = urgent_chance(features(chances, findings, soft, words), with_encoder=False)
        limit = read_combination()["urgent_at"]["without_encoder"]
        if use_encoder and SURELY_SAFE < urgent < SURELY_URGENT:
            known = _made(vector, text).reshape(1, -1)
            chances = self.classifier.chances(text, known)
            nearer = float(self.classifier.neighbours.nearer(known)[0])
            made = features(chances, findings, soft, words, nearer)
            # Each opinion hears what the other misses: they count the same.
            urgent = (urgent + urgent_chance(made, with_encoder=True)) / 2
            limit = read_combination()["urgent_at"]["with_encoder"]
        alert = decide(findings, soft, chances, words, urgent, urgent >= limit)
        if (alert is None or not alert.urgent) and lacks_marks(text):
            chances = self.classifier.chances_as_typed(text)
            urgent = urgent_chance(features(chances, findings, soft, words), with_encoder=False)
            if urgent >= AS_TYPED_AT:
                return decide(findings, soft, chances, words, urgent, is_urgent=True)
        return alert


def _counted_together(text: str, before: Sequence[str]) -> Alert | None:
    """What only the numbers of several messages tell: "bé sốt 38", then the child's age. What those
    before told by themselves is not told again.
    """
    known = {finding.sign for finding in _counted(before[-2:])}
    new = [finding for finding in _counted([*before[-2:], text]) if finding.sign not in known]
    return _by_lexicon(new, new) if new else None


def _counted(texts: Sequence[str]) -> list[Finding]:
    """Urgent signs that follow from the numbers of messages read as one."""
    found = find_signs(" , ".join(texts))
    return [f for f in found if f.is_counted and f.cancelled is None and f.label in URGENT]


def _says_no_more(text: str, alert: Alert, earlier: Alert) -> bool:
    """Whether a message after an alarm only speaks of that alarm: of the way to the hospital, of
    fear; or says that the same sign is over.
    """
    role = role_of(text)
    if not earlier.urgent:
        return False
    if alert.rule == CLASSIFIER:
        return role is not None or (corrects(text) and alert.score < UNSURE)
    return role == TAKEN_BACK and bool(alert.signs) and set(alert.signs) <= set(earlier.signs)


def _made(vector: Vector, text: str) -> np.ndarray:
    if vector is None:
        return encode(to_encode(text))
    return vector() if callable(vector) else vector


def decide(
    findings: list[Finding],
    soft: list[Finding],
    chances: dict[str, float],
    words: int,
    score: float,
    is_urgent: bool,
) -> Alert | None:
    """The label. What numbers say, and a plain sign in a few words, stand in any case."""
    urgent = [f for f in findings if f.cancelled is None and f.label in URGENT]
    if counted := [finding for finding in urgent if finding.is_counted]:
        return _by_lexicon(counted, urgent)
    if is_urgent:
        label = _likeliest(chances, {finding.label for finding in urgent})
        also = [
            name
            for name in PRIORITY
            if name != label
            and (
                chances.get(name, 0.0) >= ALSO_AT
                or any(finding.label == name for finding in urgent)
            )
        ]
        # Signs that a scope took back and the classifier did not still tell which card helps.
        stands = any(finding.label == label for finding in urgent)
        rule = "lexicon" if stands else CLASSIFIER
        return _alert(label, also, urgent if stands else findings, rule, score)
    if urgent and words <= (PLAIN_WORDS_NOW if urgent[0].is_now else PLAIN_WORDS):
        return _by_lexicon(urgent, urgent)
    label = max((name for name in chances if name not in URGENT), key=lambda name: chances[name])
    if label not in PRIORITY:
        return None
    mild = [f for f in [*findings, *soft] if f.label == label and f.cancelled is None]
    return _alert(label, [], mild, CLASSIFIER, chances[label])


def _likeliest(chances: dict[str, float], told: set[str]) -> str:
    """The urgent label of the highest chance; where signs tell of others, one of theirs unless it
    is much the surer.
    """
    label = max(URGENT, key=lambda name: chances.get(name, 0.0))
    if not told or label in told or chances.get(label, 0.0) >= SURER_THAN_SIGNS:
        return label
    return max(told, key=lambda name: chances.get(name, 0.0))


def by_lexicon_alone(findings: list[Finding], soft: list[Finding]) -> Alert | None:
    """The label where there is no classifier: what stands, an urgent sign before a soft one."""
    standing = [f for f in [*findings, *soft] if f.cancelled is None]
    urgent = [finding for finding in standing if finding.label in URGENT]
    deciding = urgent or standing
    return _by_lexicon(deciding, standing) if deciding else None


def _by_lexicon(deciding: list[Finding], standing: list[Finding]) -> Alert:
    label = min((finding.label for finding in deciding), key=PRIORITY.index)
    also = sorted({finding.label for finding in standing} - {label}, key=PRIORITY.index)
    return _alert(label, also, deciding, "lexicon", 1.0)


def _alert(label: str, also: list[str], findings: list[Finding], rule: str, score: float) -> Alert:
    own = [finding for finding in findings if finding.label == label]
    signs = tuple(dict.fromkeys(finding.sign for finding in own))
    words = tuple(dict.fromkeys(finding.words for finding in own))
    return Alert(label, tuple(also[:1]), signs, words, rule, score)
