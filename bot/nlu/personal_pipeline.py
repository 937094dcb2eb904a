"""The spaCy pipeline that finds personal details: our tokenizer, then numbers, addresses, names.

`doc.spans["personal"]` holds spans labelled with a kind; they may overlap.
"""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import bot.nlu.personal_names
import bot.nlu.personal_roles
import bot.nlu.pipeline  # noqa: F401
from bot.nlu.marks import fold
from bot.nlu.personal_numbers import find_numbers
from bot.nlu.personal_places import find_addresses


@lru_cache(maxsize=5_000)
def _bare(character: str) -> str:
    return fold(character)[:1] or character


@Language.component("mam_personal_figures")
def find_figures(doc: Doc) -> Doc:
    """Numbers, links and addresses, by patterns over the text."""
    plain = "".join(map(_bare, doc.text))
    found = [
        *find_numbers(doc.text, plain),
        *find_addresses(doc.text, plain, has_marks=doc.user_data["has_marks"]),
    ]
    spans = [
        doc.char_span(start, end, label=kind, alignment_mode="expand") for kind, start, end in found
    ]
    doc.spans["personal"] = [span for span in spans if span is not None]
    return doc


@lru_cache(maxsize=1)
def personal_pipeline() -> Language:
    """One a process."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "mam.syllables.v1"}}})
    nlp.add_pipe("mam_personal_roles")
    nlp.add_pipe("mam_personal_figures")
    nlp.add_pipe("mam_personal_names")
    return nlp
