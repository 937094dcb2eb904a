"""The words of a line as they were meant, in four steps: words that a space broke are put together,
each word is read by itself, words written as they sound are spelled, words of a region replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.nlu.dialects import in_common_words
from bot.nlu.marks import is_syllable
from bot.nlu.slips import without_slips
from bot.nlu.spacing import put_together
from bot.nlu.tables import in_use
from bot.nlu.tokens import Token, in_place_of

ReadWord = Callable[[str, bool], str]
# A letter typed without its mark and with it: "oô", "aá"; with it and held: "áa".
PLAIN_AND_MARKED = re.compile(
    "a(?=[à-ãăạảấ-ặ])|e(?=[è-êẹ-ệ])|i(?=[ìíĩỉị])|o(?=[ò-õơọ-ợ])|u(?=[ùúũưụ-ự])|y(?=[ýỳ-ỹ])"
    "|(?<=[à-ãăạảấ-ặ])a|(?<=[è-êẹ-ệ])e|(?<=[ìíĩỉị])i|(?<=[ò-õơọ-ợ])o|(?<=[ùúũưụ-ự])u|(?<=[ýỳ-ỹ])y"
)


def spelled_tokens(tokens: list[Token], read_word: ReadWord) -> list[Token]:
    """All steps but the last: the words that the writer said. `read_word` gets a word and whether
    a number stands before it; several words of its answer are parted by spaces.
    """
    whole: list[Token] = []
    before: Token | None = None
    for token in put_together(tokens):
        after_number = (
            before is not None
            and before.text[-1].isdigit()
            and token.follows
            and len(token.gap) == 1
        )
        before = token
        meant = read_word(token.text, after_number)
        whole += [token] if meant == token.text else in_place_of([token], meant.split(" "))
    return without_slips(whole)


def meant_tokens(tokens: list[Token], read_word: ReadWord) -> list[Token]:
    """All steps, in the words that everybody says."""
    return in_common_words(spelled_tokens(tokens, read_word))


def squeeze(word: str) -> str:
    """ "đauuuu" → "đau", "khoông" → "không"; three or more of a letter never stand in a word, two
    only in some.
    """
    squeezed = re.sub(r"([^\W\d])\1{2,}", r"\1", word)
    if not squeezed.isascii() and not is_syllable(squeezed):
        squeezed = re.sub(r"([^\W\d])\1+", r"\1", squeezed)
        once = PLAIN_AND_MARKED.sub("", squeezed)
        squeezed = once if once in in_use() else squeezed
    return squeezed
