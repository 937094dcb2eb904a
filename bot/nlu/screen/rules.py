"""The lexicon and the numbers against one message: which signs stand, which are taken back and why."""  # noqa: E501

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.nlu.marks import fold
from bot.nlu.normalise import meant, normalise, one_line
from bot.nlu.pipeline import vietnamese
from bot.nlu.screen.arithmetic import CANNOT_DRINK, count, refusals_to_feed
from bot.nlu.screen.lexicon import Sign, signs
from bot.nlu.screen.scopes import SENTENCES, is_actual, reason

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


@lru_cache(maxsize=1)
def screening() -> Language:
    """spaCy's pipeline of the screen: sentences, signs, scopes."""
    nlp = spacy.blank(
        "vi",
        vocab=vietnamese().vocab,
        config={"nlp": {"tokenizer": {"@tokenizers": "mam.syllables.v1"}}},
    )
    nlp.add_pipe("sentencizer", config=SENTENCES)
    nlp.add_pipe("mam_signs")
    nlp.add_pipe("mam_scopes")
    return nlp


@lru_cache(maxsize=16)
def read(line: str) -> Doc:
    """Kept for a moment: both lexicons look at the same message. Call it under the lock."""
    return screening()(line)


def find_signs(
    text: str, *, child_months: int | None = None, lexicon: str = "danger_signs"
) -> list[Finding]:
    """Every sign of the lexicon and of the numbers, standing or taken back, in the order of the
    text.
    """
    with _lock:
        doc = read(normalise(text))
        is_now = is_actual(doc)
        findings = []
        for span in doc.spans[lexicon]:
            sign = signs(lexicon)[span.label_]
            name = _by_age(sign.name, child_months)
            typed = _typed(text, span.start_char, span.end_char)
            taken_back = reason(doc, sign, span)
            findings.append(Finding(name, sign.label, typed, taken_back, is_now=is_now))
        if lexicon == "danger_signs":
            for counted in count(text, fold(text), child_months=child_months):
                sign = Sign(counted.sign, counted.label, is_negation=False)
                words = ", ".join(counted.words)
                told = [span for span in doc.spans[lexicon] if span.label_ == counted.sign]
                if counted.sign == CANNOT_DRINK:
                    told += _refusals(doc)
                taken_back = reason(doc, sign, None, told)
                findings.append(Finding(counted.sign, counted.label, words, taken_back, True))
    return findings


def _refusals(doc: Doc) -> list[Span]:
    """Where the line says that somebody does not feed, in words that the lexicon lacks."""
    places = refusals_to_feed(fold(doc.text))
    spans = (doc.char_span(*place, alignment_mode="expand") for place in places)
    return [span for span in spans if span is not None]


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
