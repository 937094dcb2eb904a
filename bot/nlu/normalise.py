"""One line as it was meant: NFC, tone marks in one place, repeated letters, teencode, Telex and VNI
remains, words run together or broken, words written as they sound, words of a region.

The caller keeps the original; people are only ever shown that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.nlu.dialects import in_common_words
from bot.nlu.marks import fold
from bot.nlu.meant import spelled_tokens, squeeze
from bot.nlu.spacing import parts_of
from bot.nlu.tables import LEXICON, teencode, tone_in_place
from bot.nlu.telex import decode
from bot.nlu.tokens import Token, split_line

# After a number they are no abbreviations: "9 kg", "39 c".
UNITS = frozenset({"kg", "c"})
__all__ = ["LEXICON", "fold", "normalise", "teencode"]


@lru_cache(maxsize=512)
def normalise(text: str) -> str:
    """The text on one line, lower case. Word order is kept; punctuation stays."""
    tokens, tail = meant(text)
    return written(tokens) + tail


@lru_cache(maxsize=512)
def meant(text: str) -> tuple[list[Token], str]:
    """The words of `normalise`, each with its letters' places in `one_line`; what stands after."""
    tokens, tail = own_words(text)
    return in_common_words(tokens), tail


@lru_cache(maxsize=512)
def spelled(text: str) -> str:
    """The same in the writer's own words: those of a region are not replaced."""
    tokens, tail = own_words(text)
    return written(tokens) + tail


@lru_cache(maxsize=512)
def own_words(text: str) -> tuple[list[Token], str]:
    """The words of `spelled`, as `meant` gives those of `normalise`: each reading needs them."""
    tokens, tail = tokens_of(text)
    return spelled_tokens(tokens, read_word), tail


def tokens_of(text: str) -> tuple[list[Token], str]:
    """The words of the text as typed, on one line, lower case; what stands after the last."""
    return split_line(one_line(text))


def one_line(text: str) -> str:
    """The text as typed, on one line, lower case; of many signs in a row one."""
    line = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return re.sub(r"(\W)\1{2,}", r"\1", line)


def written(tokens: list[Token]) -> str:
    """The tokens as a line."""
    return "".join(part for token in tokens for part in (token.gap, token.text))


@lru_cache(maxsize=20_000)
def read_word(word: str, after_number: bool) -> str:
    """One word by itself: abbreviated, run together, in Telex or VNI."""
    if after_number and word in UNITS:
        return word
    if (meant := teencode().get(word)) is not None:
        return meant
    word = squeeze(word)
    if (meant := teencode().get(word)) is not None:
        return meant
    if parts := parts_of(word):
        return " ".join(teencode().get(part, part) for part in parts)
    return tone_in_place(decode(word))
