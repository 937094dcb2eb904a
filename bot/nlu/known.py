"""Phrases that are right as they stand: of the word lists, of the signs, of everyday company.

They tell a slip from a word: "trảy máu" is none of them and "chảy máu" is one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

import yaml

from bot.nlu.marks import fold
from bot.nlu.phrases import phrases
from bot.nlu.tables import LEXICON, rows, tone_in_place
from bot.nlu.tokens import Tree, Words, tree_of_all

# Longer phrases are known by their parts.
LONGEST = 4
SIGNS = ("danger_signs", "soft_signs")
KIN = "relation"
_PART = re.compile(r"\(([^)]*)\)|(…)|([^\s(…]+)")
_SYLLABLE = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def known_phrases() -> frozenset[Words]:
    """Two to four words each, marks and all."""
    found = {
        words
        for words in itertools.chain(_listed(), _signs(), _company(), kept_phrases())
        if 2 <= len(words) <= LONGEST
    }
    return frozenset(found)


@lru_cache(maxsize=1)
def known_tree() -> Tree:
    """The same, to be looked for in a line."""
    return tree_of_all(known_phrases())


def is_known(words: Words) -> bool:
    """Whether it is a known phrase, or all without marks and one that lost its own."""
    words = tuple(map(tone_in_place, words))
    return words in known_phrases() or words in _bare_phrases()


@lru_cache(maxsize=1)
def _bare_phrases() -> frozenset[Words]:
    return frozenset(tuple(map(fold, words)) for words in known_phrases())


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """The words of the lists and of the signs: what a message is about."""
    return frozenset(word for words in itertools.chain(_listed(), _signs()) for word in words)


@lru_cache(maxsize=1)
def kept_phrases() -> frozenset[Words]:
    """Phrases of kept.tsv, in which a word that looks like a slip or like dialect is neither."""
    return frozenset(
        words_of(written) for row in rows("kept") for written in row["giữ nguyên"].split("|")
    )


@lru_cache(maxsize=1)
def never_slips() -> frozenset[str]:
    """Single words of kept.tsv: neither typed for another word nor what another word was for."""
    return frozenset(words[0] for words in kept_phrases() if len(words) == 1)


@lru_cache(maxsize=1)
def protected_tree() -> Tree:
    """Phrases whose words are no dialect: "mọc răng", "viêm mô tế bào"; people of the family are
    named in dialect too.
    """
    listed = {_words(phrase.parts) for phrase in phrases() if phrase.kind != KIN}
    return tree_of_all({words for words in listed | kept_phrases() if len(words) > 1})


@lru_cache(maxsize=1)
def plain_phrases() -> dict[str, Words]:
    """Known phrases by their letters without marks or spaces; where several are typed alike, none
    of them.
    """
    found: dict[str, set[Words]] = {}
    for words in itertools.chain(_listed(), _signs(), _company()):
        if 2 <= len(words) <= LONGEST:
            found.setdefault(fold("".join(words)), set()).add(words)
    return {letters: next(iter(all_)) for letters, all_ in found.items() if len(all_) == 1}


def words_of(written: str) -> Words:
    """A phrase as it is written in a table."""
    return _words(tuple(_SYLLABLE.findall(written.lower())))


def _words(parts: tuple[str, ...]) -> Words:
    return tuple(tone_in_place(part) for part in parts if _SYLLABLE.fullmatch(part))


def _listed() -> Iterator[Words]:
    for phrase in phrases():
        words = _words(phrase.parts)
        yield words
        if phrase.kind == "symptom" and len(words) == 1:
            yield ("bị", *words)


def _company() -> Iterator[Words]:
    for row in rows("company"):
        for written in row["đi với"].split("|"):
            yield words_of(written)


@lru_cache(maxsize=1)
def _signs() -> tuple[Words, ...]:
    """What the lines of the signs say: every alternative, and two that stand side by side."""
    found: set[Words] = set()
    for name in SIGNS:
        content = yaml.safe_load((LEXICON / f"{name}.yml").read_text(encoding="utf-8"))
        for entry in content.values():
            for line in entry["say"]:
                found |= set(_said(str(line)))
    return tuple(sorted(found))


def _said(line: str) -> Iterator[Words]:
    """Runs of up to LONGEST words that end with each of the parts."""
    before: list[Words] = []
    for group, gap, word in _PART.findall(line):
        here = [
            words_of(alternative.replace("_", " ").rstrip("?"))
            for alternative in ([] if gap else (group or word).split("|"))
        ]
        joined = [one + other for one, other in itertools.product(before, here)]
        before = [words for words in [*here, *joined] if len(words) <= LONGEST]
        yield from here
        yield from joined
