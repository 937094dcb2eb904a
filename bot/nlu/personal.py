"""What in a parent's text tells who or where they are, and the text with it masked.

For everyone but who holds the case, and for every export.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.nlu.personal_lists import placeholders

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = ("address", "email", "account", "bank_account", "id_number", "plate", "phone", "name")


@dataclass(frozen=True)
class Personal:
    """`kind` is one of KINDS; `start` and `end` are offsets into the text as typed."""

    kind: str
    start: int
    end: int


def find_personal(text: str) -> list[Personal]:
    """In order of their places, without overlap."""
    typed, places = _composed(text)
    doc = _pipeline()(typed)
    found: list[Personal] = []
    spans = [(span.label_, span.start_char, span.end_char) for span in doc.spans["personal"]]
    for kind, start, end in sorted(spans, key=lambda one: (KINDS.index(one[0]), one[1] - one[2])):
        if all(end <= other.start or other.end <= start for other in found):
            found.append(Personal(kind, start, end))
    return [
        Personal(one.kind, places[one.start], places[one.end])
        for one in sorted(found, key=lambda one: one.start)
    ]


def mask(text: str) -> str:
    """The text with each by a word in square brackets; without any it comes back as it is."""
    pieces, at = [], 0
    for one in find_personal(text):
        pieces += [text[at : one.start], placeholders()[one.kind]]
        at = one.end
    return "".join([*pieces, text[at:]])


def _composed(text: str) -> tuple[str, list[int]]:
    """The text in NFC, and where each of its characters begins in the text as typed."""
    if unicodedata.is_normalized("NFC", text):
        return text, list(range(len(text) + 1))
    composed, places, at = "", [], 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end])
        composed += piece
        places += [at] * len(piece)
        at = end
    return composed, [*places, len(text)]


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    # spaCy is brought in when a text is read: a web server that only names kinds starts without it.
    from bot.nlu.personal_pipeline import personal_pipeline

    return personal_pipeline()
