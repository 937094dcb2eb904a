"""Words that were run together or broken apart: "bịsốt" → "bị sốt", "g iật" → "giật".

What is a word as typed stays; data/lexicon/spacing.tsv lists what the rules would not dare.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.nlu.known import is_known, never_slips, plain_phrases, vocabulary, words_of
from bot.nlu.marks import VOWELS, fold, is_plain_syllable, is_syllable
from bot.nlu.tables import common, in_use, plain_in_use, rows, teencode, tone_in_place
from bot.nlu.tokens import Token, Tree, Words, in_place_of, listed_in, tree_of

MOST_PARTS, LONGEST_SYLLABLE = 4, 6
# Shorter ones without marks are names and foreign words too; spacing.tsv lists those that count.
FEWEST_LETTERS, FEWEST_UNKNOWN_LETTERS, FEWEST_PLAIN_LETTERS = 4, 5, 6
# After a number these are units.
UNITS = frozenset("t th tg thg m h p ph w k kg g c d l ml cm".split())  # noqa: SIM905


def put_together(tokens: list[Token]) -> list[Token]:
    """The tokens (lower case), with syllables that a space broke in two made whole."""
    words = [token.text for token in tokens]
    found = listed_in(words, tokens, _broken(), frozenset())
    listed = {first: (after, meant) for first, after, meant in found}
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        size = 1
        meant: Words = (words[place],)
        if place in listed:
            after, meant = listed[place]
            size = after - place
        elif place + 1 < len(tokens) and tokens[place + 1].gap == " ":
            counted = place and words[place - 1].isdigit() and words[place] in UNITS
            if not counted and (whole := _whole_at(words, place)):
                size, meant = 2, (whole,)
        out += in_place_of(tokens[place : place + size], meant)
        place += size
    return out


def _whole_at(words: list[str], place: int) -> str | None:
    """The syllable that this word and the next make, when they are no words, or when it makes a
    known phrase with the words around.
    """
    made = whole_of(words[place], words[place + 1])
    if made is None:
        return None
    whole, are_pieces = made
    before, after = words[max(0, place - 1) : place], words[place + 2 : place + 4]
    if are_pieces or is_known((*before, whole)) or is_known((whole, *after[:1])):
        return whole
    return whole if len(after) == 2 and is_known((whole, *after)) else None


@lru_cache(maxsize=20_000)
def whole_of(first: str, second: str) -> tuple[str, bool] | None:
    """The syllable that two pieces make, and whether the second is nothing by itself."""
    if not (first.isalpha() and second.isalpha()) or fold(second)[0] not in VOWELS:
        return None
    if first in teencode() or second in teencode():
        return None
    # "la ó", "vi em": both are words.
    if _is_word(first) and first != "gi" and (len(second) == 1 or second in plain_in_use()):
        return None
    whole = tone_in_place(first + second)
    return (whole, not _is_word(second)) if _is_word(whole) else None


@lru_cache(maxsize=20_000)
def parts_of(word: str) -> Words | None:
    """The syllables that were run together in a word, None when it is not such a one."""
    if not FEWEST_LETTERS <= len(word) <= MOST_PARTS * LONGEST_SYLLABLE or not word.isalpha():
        return None
    if (listed := _run_together().get(word)) is not None:
        return listed
    if is_syllable(word) or is_plain_syllable(word) or word in vocabulary() | never_slips():
        return None
    if word.isascii():
        return _plain_parts(word)
    splits = list(_splits(word, MOST_PARTS))
    fewest = min(map(len, splits), default=0)
    short = [parts for parts in splits if len(parts) == fewest]
    best = [parts for parts in short if is_known(parts)]
    if not best and len(word) >= FEWEST_UNKNOWN_LETTERS:
        best = [parts for parts in short if common().issuperset(parts)]
    return best[0] if len(best) == 1 else None


def _plain_parts(word: str) -> Words | None:
    """Only what is a phrase of our lists when it is parted: names look like anything."""
    if len(word) < FEWEST_PLAIN_LETTERS:
        return None
    return plain_phrases().get(word)


def _splits(word: str, most: int) -> Iterator[Words]:
    """Every way to read the word as syllables in use, two or more."""
    for end in range(1, min(len(word), LONGEST_SYLLABLE + 1)):
        first, rest = tone_in_place(word[:end]), word[end:]
        # "coông" is "công" with a letter too many.
        if (
            first not in in_use()
            or (end == 1 and first.isascii())
            or fold(first[-1]) == fold(rest[0])
        ):
            continue
        last = tone_in_place(rest)
        if last in in_use() and (len(rest) > 1 or not rest.isascii()):
            yield (first, last)
        if most > 2:
            yield from ((first, *more) for more in _splits(rest, most - 1))


def _is_word(piece: str) -> bool:
    return tone_in_place(piece) in in_use() or piece in plain_in_use()


@lru_cache(maxsize=1)
def _run_together() -> dict[str, Words]:
    return {
        row["viết"]: words_of(row["nghĩa"]) for row in rows("spacing") if " " not in row["viết"]
    }


@lru_cache(maxsize=1)
def _broken() -> Tree:
    return tree_of(
        {
            tuple(row["viết"].split()): words_of(row["nghĩa"])
            for row in rows("spacing")
            if " " in row["viết"]
        }
    )
