"""A spaCy pipeline for Vietnamese: our tokenizer (syllables, numbers, units, punctuation) and the
word lists.

`token.idx` is an offset into the text as typed (NFC). pyvi's words stand in `doc._.words`, computed when asked.
"""  # noqa: E501

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.nlu.marks import fold, strip_tone
from bot.nlu.phrases import COMMON, TOKEN, agree, phrases

# Between meaning and phrase in the id of a pattern.
SEPARATOR = "|"


class SyllableTokenizer:
    """Splits "sốt 39,5 độ." into sốt · 39,5 · độ · . and keeps every offset."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in TOKEN.findall(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def variants(syllable: str) -> list[str]:
    """How a syllable of a word list may be typed: whole, without its tone, without any mark."""
    return sorted({syllable, strip_tone(syllable), fold(syllable)})


@Language.component("mam_norms")
def set_norms(doc: Doc) -> Doc:
    """A token's norm is its syllable without marks: what the ruler looks phrases up by."""
    for token in doc:
        token.norm_ = fold(token.lower_)
    return doc


@Language.component("mam_marks")
def keep_agreeing(doc: Doc) -> Doc:
    """Of the ruler's spans those whose typed marks agree; `id_` is then the meaning, `kb_id_` the
    phrase as the list has it.
    """
    kept = []
    for span in doc.spans["ruler"]:
        meaning, written = span.id_.split(SEPARATOR)
        if agree(written.split(" "), [token.lower_ for token in span]):
            where = (span.start, span.end)
            kept.append(Span(doc, *where, label=span.label, span_id=meaning, kb_id=written))
    doc.spans["ruler"] = kept
    return doc


@lru_cache(maxsize=1)
def vietnamese() -> Language:
    """The pipeline, one a process. `doc.spans["ruler"]` holds words of data/lexicon/entities.tsv."""  # noqa: E501
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "mam.syllables.v1"}}})
    nlp.add_pipe("mam_norms")
    settings = {"spans_key": "ruler", "phrase_matcher_attr": "NORM", "overwrite": True}
    ruler = cast(SpanRuler, nlp.add_pipe("span_ruler", config=settings))
    ruler.add_patterns(
        [
            {
                "label": phrase.kind,
                "pattern": " ".join(phrase.parts),
                "id": SEPARATOR.join((phrase.meaning, " ".join(phrase.parts))),
            }
            for phrase in phrases()
            if phrase.kind != COMMON
        ]
    )
    nlp.add_pipe("mam_marks")
    return nlp


@spacy.registry.tokenizers("mam.syllables.v1")
def make_tokenizer() -> Any:
    """Registered, so that spaCy can make the pipeline from its config."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)


def _pyvi_words(doc: Doc) -> list[str]:
    with warnings.catch_warnings():
        # pyvi's pickles were made by older versions of what it uses.
        warnings.simplefilter("ignore")
        from pyvi import ViTokenizer

        return [word.replace("_", " ") for word in ViTokenizer.tokenize(doc.text).split()]


Doc.set_extension("words", getter=_pyvi_words, force=True)
