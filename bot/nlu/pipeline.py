"""A spaCy pipeline for Vietnamese: our tokenizer (syllables, numbers, units, punctuation) and the
word lists.

`token.idx` is an offset into the text as typed (NFC). pyvi's words stand in `doc._.words`, computed when asked.
"""  # noqa: E501

from __future__ import annotations

import csv
import re
import warnings
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.nlu.marks import fold, strip_tone
from bot.nlu.normalise import LEXICON

TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\s+|.", re.UNICODE | re.DOTALL)
LISTS = ("symptom", "body_part", "food", "vaccine", "relation")


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


def phrase_pattern(phrase: str) -> list[dict[str, Any]]:
    """A spaCy pattern of a phrase; a typed mark must agree, a mark that is not there is no
    objection. A syllable alone is either whole or bare: "đâu" is not "đầu".
    """
    parts = [part for part in TOKEN.findall(phrase.lower()) if not part.isspace()]
    if len(parts) == 1:
        return [{"LOWER": {"IN": sorted({parts[0], fold(parts[0])})}}]
    return [{"LOWER": {"IN": variants(part)}} for part in parts]


@lru_cache(maxsize=1)
def vietnamese() -> Language:
    """The pipeline, one a process. `doc.spans["ruler"]` holds words of data/lexicon/entities.tsv."""  # noqa: E501
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "mam.syllables.v1"}}})
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "ruler", "overwrite": True})
    with (LEXICON / "entities.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    patterns = []
    for row in rows:
        for phrase in row["cách viết"].split("|"):
            patterns.append(
                {
                    "label": row["loại"],
                    "id": row["nghĩa"],
                    "pattern": phrase_pattern(phrase.strip()),
                }
            )
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
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
