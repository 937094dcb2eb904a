"""The signs of data/lexicon, as a component of spaCy: `doc.spans["danger_signs"]` and
`doc.spans["soft_signs"]`, each span labelled with the key of its sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.nlu.normalise import LEXICON
from bot.nlu.pipeline import vietnamese
from bot.nlu.screen.patterns import PhraseIndex, read_phrase

LEXICONS = ("danger_signs", "soft_signs")


class LexiconError(Exception):
    """A line of the lexicon cannot be read; the message names file, key and line."""


@dataclass(frozen=True)
class Sign:
    """One sign: its label, and whether its words are themselves a negation ("không thở")."""

    name: str
    label: str
    is_negation: bool


@lru_cache(maxsize=2)
def signs(lexicon: str) -> dict[str, Sign]:
    """Key of the file → sign. Raises LexiconError."""
    try:
        return {
            key: Sign(entry.get("as", key), entry["label"], entry.get("self", False))
            for key, entry in read_lexicon(lexicon).items()
        }
    except (KeyError, AttributeError) as error:
        raise LexiconError(f"{lexicon}.yml: {error}") from error


@lru_cache(maxsize=4)
def index_of(lexicon: str) -> PhraseIndex[str]:
    """Every phrase under `say` and the key that it belongs to. Raises LexiconError."""
    vocab = vietnamese().vocab
    phrases = []
    for key, entry in read_lexicon(lexicon).items():
        try:
            phrases += [(key, read_phrase(line, vocab)) for line in entry["say"]]
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"{lexicon}.yml: {key}: {error}") from error
    return PhraseIndex(phrases)


@lru_cache(maxsize=4)
def read_lexicon(lexicon: str) -> dict[str, dict[str, Any]]:
    """The file as it stands."""
    content: dict[str, dict[str, Any]] = yaml.safe_load(
        (LEXICON / f"{lexicon}.yml").read_text(encoding="utf-8")
    )
    return content


@Language.component("mam_signs")
def set_signs(doc: Doc) -> Doc:
    """Finds every sign, standing or not: what takes it back is the scopes' business."""
    for lexicon in LEXICONS:
        found = index_of(lexicon).find(doc)
        doc.spans[lexicon] = [Span(doc, span.start, span.end, key) for key, span in found]
    return doc
