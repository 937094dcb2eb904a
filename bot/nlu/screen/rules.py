"""The lexicon and the numbers against one message: which signs stand, which are taken back and why."""  # noqa: E501

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from spacy.tokens import Doc

from bot.nlu.marks import fold
from bot.nlu.normalise import meant, normalise, one_line
from bot.nlu.pipeline import vietnamese
from bot.nlu.screen.arithmetic import count
from bot.nlu.screen.patterns import signs_in
from bot.nlu.screen.scopes import Scopes, is_negated, read_scopes

INFANT_MONTHS = 12
# spaCy's matchers and vocabulary are not made for several threads at once.
_lock = threading.Lock()


@dataclass(frozen=True)
class Finding:
    """A sign in the text, with its words as they were typed (lower case). `cancelled` says why it
    is no alarm; None: it stands. `is_now`: the message says that it is or has just happened.
    """

    sign: str
    label: str
    words: str
    cancelled: str | None = None
    # Follows from numbers, the child's age among them: who reads only words may not overrule it.
    is_counted: bool = False
    is_now: bool = False


@dataclass(frozen=True)
class Reading:
    """A message as the rules read it; `plain` is as long as `line`, without marks."""

    line: str
    plain: str
    doc: Doc
    words: frozenset[str]
    scopes: Scopes


@lru_cache(maxsize=16)
def read(text: str) -> Reading:
    """Kept for a moment: both lexicons look at the same message."""
    line = normalise(text)
    plain = "".join(fold(character)[:1] or character for character in line)
    doc = vietnamese().make_doc(line)
    words = frozenset(fold(token.text) for token in doc)
    return Reading(line, plain, doc, words, read_scopes(plain))


def find_signs(
    text: str, *, child_months: int | None = None, lexicon: str = "danger_signs"
) -> list[Finding]:
    """Every sign of the lexicon and of the numbers, standing or taken back, in the order of the
    text.
    """
    with _lock:
        message = read(text)
        spans = [
            (sign, span)
            for sign, phrase in signs_in(lexicon, message.words)
            for span in phrase.find(message.doc)
        ]
    scopes = message.scopes
    found: list[tuple[int, Finding]] = []
    for sign, span in spans:
        start, end = span.start_char, span.end_char
        if any(start < idiom_end and idiom_start < end for idiom_start, idiom_end in scopes.idioms):
            cancelled: str | None = "idiom"
        elif not sign.is_negation and is_negated(message.plain[:start]):
            cancelled = "negation"
        else:
            cancelled = scopes.cancels(sign.label, sign.name)
        name = _by_age(sign.name, child_months)
        typed = _typed(text, start, end)
        found.append((start, Finding(name, sign.label, typed, cancelled, is_now=scopes.actual)))
    findings = [finding for _, finding in sorted(found, key=itemgetter(0))]
    if lexicon == "danger_signs":
        for counted in count(text, fold(text), child_months=child_months):
            cancelled = scopes.cancels(counted.label, counted.sign)
            findings.append(
                Finding(counted.sign, counted.label, ", ".join(counted.words), cancelled, True)
            )
    return findings


def _typed(text: str, start: int, end: int) -> str:
    """What was typed for these letters of the normalised line."""
    first = last = None
    at = 0
    for token in meant(text)[0]:
        at += len(token.gap)
        if at < end and start < at + len(token.text):
            first, last = first or token, token
        at += len(token.text)
    return one_line(text)[first.start : last.end] if first and last else ""


def _by_age(sign: str, child_months: int | None) -> str:
    if sign != "choking":
        return sign
    return (
        "choking_infant"
        if child_months is not None and child_months < INFANT_MONTHS
        else "choking_child"
    )
