"""A spaCy pipeline for Vietnamese: our tokenizer (syllables, numbers, units, punctuation) and the
word lists.

`token.idx` is an offset into the text as typed (NFC). pyvi's words stand in `doc._.words`, computed when asked.
"""  # noqa: E501

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.nlu.marks import fold, strip_tone
from bot.nlu.phrases import TOKEN, find


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


@Language.component("mam_phrases")
def mark_phrases(doc: Doc) -> Doc:
    """Puts the phrases of the word lists into `doc.spans["ruler"]`, nested ones too; `kb_id_` is
    the phrase as the list has it.
    """
    tokens = [token for token in doc if not token.is_space]
    doc.spans["ruler"] = [
        Span(
            doc,
            tokens[first].i,
            tokens[after - 1].i + 1,
            label=phrase.kind,
            span_id=phrase.meaning,
            kb_id=" ".join(phrase.parts),
        )
        for phrase, first, after in find([token.text for token in tokens])
    ]
    return doc


@lru_cache(maxsize=1)
def vietnamese() -> Language:
    """The pipeline, one a process. `doc.spans["ruler"]` holds words of data/lexicon/entities.tsv."""  # noqa: E501
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "mam.syllables.v1"}}})
    nlp.add_pipe("mam_phrases")
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
