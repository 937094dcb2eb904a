"""A line as words with their places, so that words may be put together, parted and replaced while
each still knows which letters of the line it came from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

WORD = re.compile(r"[^\W_]+", re.UNICODE)
FEW_MARKS = 0.2

Words = tuple[str, ...]
# Phrases by their words, one level a word; under END stands what belongs to the phrase.
Tree = dict[str, Any]
END = "\n"


class Token(NamedTuple):
    """`text` stands for the letters from `start` to before `end`; before them stands `gap`."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def follows(self) -> bool:
        """Whether nothing but space parts it from the word before."""
        return self.gap.isspace()


def split_line(line: str) -> tuple[list[Token], str]:
    """The words of a line and what stands after the last one."""
    tokens: list[Token] = []
    at = 0
    for match in WORD.finditer(line):
        start, end = match.span()
        tokens.append(Token(match[0], start, end, line[at:start]))
        at = end
    return tokens, line[at:]


def is_marked(words: Sequence[str]) -> bool:
    """Whether a line was typed with marks: some of its words bear one."""
    return sum(not word.isascii() for word in words) > FEW_MARKS * len(words)


def with_text(token: Token, text: str) -> Token:
    """The token, standing for another word."""
    return token if token.text == text else Token(text, token.start, token.end, token.gap)


def in_place_of(tokens: Sequence[Token], words: Sequence[str]) -> list[Token]:
    """Tokens of `words` for those of `tokens`: one for one; the letters shared out, where there are
    as many; or else all of them for all the letters.
    """
    if len(tokens) == len(words):
        return list(map(with_text, tokens, words))
    start, end = tokens[0].start, tokens[-1].end
    shares = len(tokens) == 1 and sum(map(len, words)) == end - start
    made: list[Token] = []
    for word in words:
        if shares:
            start = made[-1].end if made else start
            end = start + len(word)
        made.append(Token(word, start, end, " " if made else tokens[0].gap))
    return made


def tree_of(phrases: Mapping[Words, Any]) -> Tree:
    """The phrases as `phrases_in` looks for them."""
    tree: Tree = {}
    for words, meaning in phrases.items():
        level = tree
        for word in words:
            level = level.setdefault(word, {})
        level[END] = meaning
    return tree


def phrases_in(
    words: Sequence[str], tokens: Sequence[Token], tree: Tree
) -> Iterator[tuple[int, int, Any]]:
    """(first, after the last, what belongs to it) of every phrase that stands in the line with
    nothing but space between its words, from the left, the shorter first.
    """
    for first, word in enumerate(words):
        level = tree.get(word)
        after = first + 1
        while level is not None:
            if END in level:
                yield first, after, level[END]
            if after == len(words) or not tokens[after].follows:
                break
            level = level.get(words[after])
            after += 1


def listed_in(
    words: Sequence[str], tokens: Sequence[Token], tree: Tree, kept: AbstractSet[int]
) -> list[tuple[int, int, Words]]:
    """(first, after the last, meaning) of the phrases, each place once, from the left, the longest
    of those that begin at the same word; none that holds a word of the places `kept`.
    """
    longest: dict[int, tuple[int, int, Words]] = {}
    for found in phrases_in(words, tokens, tree):
        if kept.isdisjoint(range(found[0], found[1])):
            longest[found[0]] = found
    chosen: list[tuple[int, int, Words]] = []
    for first, after, meaning in longest.values():
        if not chosen or first >= chosen[-1][1]:
            chosen.append((first, after, meaning))
    return chosen


def places_of(words: Sequence[str], tokens: Sequence[Token], tree: Tree) -> set[int]:
    """The places of all words that stand in one of the phrases."""
    found: set[int] = set()
    for first, after, _ in phrases_in(words, tokens, tree):
        found.update(range(first, after))
    return found


def tree_of_all(phrases: Collection[Words]) -> Tree:
    """The phrases, nothing belonging to them."""
    return tree_of(dict.fromkeys(phrases))
