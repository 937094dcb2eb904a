"""The small language of the screen's lexicon as spaCy matchers; it is explained at the top of
danger_signs.yml.

A matcher runs only when the message holds a word of each of its parts, so a message meets few of
them.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.nlu.marks import fold
from bot.nlu.pipeline import variants

GAP = 3
_IN_GAP: dict[str, Any] = {"TEXT": {"NOT_IN": [".", "!", "?", ";", "\n"]}, "OP": "?"}
_PART = re.compile(r"\(([^)]*)\)(\?)?|(…)|([^\s(…]+)")

T = TypeVar("T")
Tokens = tuple[dict[str, Any], ...]


@dataclass(frozen=True, eq=False)
class Phrase:
    """One line of the lexicon. `needs`: for each part that must be there, the folded words that can
    begin it.
    """

    parts: tuple[tuple[Tokens, ...], ...]
    needs: tuple[frozenset[str], ...]
    vocab: Vocab = field(repr=False)

    @cached_property
    def matcher(self) -> Matcher:
        # The patterns are ours: to validate each takes longer than all else at start.
        matcher = Matcher(self.vocab, validate=False)
        patterns = [list(itertools.chain(*choice)) for choice in itertools.product(*self.parts)]
        matcher.add("phrase", [pattern for pattern in patterns if pattern])
        return matcher

    @cached_property
    def longest(self) -> int:
        """Tokens of the longest way of saying it."""
        return sum(max(map(len, part)) for part in self.parts)

    def stretch(self, places: Mapping[str, Sequence[int]]) -> slice | None:
        """Where it may stand: about the words that it needs, in their order and near enough; None
        when they do not stand so. `places` of each folded word, rising.
        """
        rows = [sorted(p for word in need for p in places.get(word, ())) for need in self.needs]
        if not all(rows):
            return None
        firsts = [first for first in rows[0] if self._ends_in_time(first, rows[1:])]
        if not firsts:
            return None
        return slice(max(0, firsts[0] - self.longest + 1), firsts[-1] + self.longest)

    def _ends_in_time(self, first: int, rows: list[list[int]]) -> bool:
        last = first
        for row in rows:
            place = bisect_right(row, last)
            if place == len(row):
                return False
            last = row[place]
        return last - first < self.longest

    def find(self, within: Span) -> list[Span]:
        """The places where it stands."""
        found: list[Span] = self.matcher(within, as_spans=True)
        return found


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


class PhraseIndex(Generic[T]):
    """Phrases and what each of them stands for."""

    def __init__(self, phrases: Iterable[tuple[T, Phrase]]) -> None:
        # Each phrase under the words of that part of it which the fewest words can begin.
        self._by_word: dict[str, list[tuple[T, Phrase]]] = {}
        for meaning, phrase in phrases:
            for word in min(phrase.needs, key=len):
                self._by_word.setdefault(word, []).append((meaning, phrase))

    def find(self, doc: Doc) -> list[tuple[T, Span]]:
        """What is said and where, in the order of the text, of two at one place the longer first."""  # noqa: E501
        places: dict[str, list[int]] = {}
        for token in doc:
            places.setdefault(_folded(token.text), []).append(token.i)
        found = [
            (meaning, span)
            for meaning, phrase, stretch in self._within(places)
            for span in phrase.find(doc[stretch])
        ]
        return sorted(found, key=lambda pair: (pair[1].start, -pair[1].end))

    def _within(self, places: Mapping[str, Sequence[int]]) -> Iterator[tuple[T, Phrase, slice]]:
        """Those that may stand in a message of these folded words."""
        seen: set[Phrase] = set()
        for word in sorted(places):
            for meaning, phrase in self._by_word.get(word, ()):
                if phrase not in seen and (stretch := phrase.stretch(places)):
                    seen.add(phrase)
                    yield meaning, phrase, stretch


def read_phrase(line: str, vocab: Vocab) -> Phrase:
    """One line of the language. Raises ValueError."""
    parts: list[tuple[Tokens, ...]] = []
    needs: list[frozenset[str]] = []
    for match in _PART.finditer(str(line)):
        group, group_optional, gap, word = match.groups()
        if gap:
            parts.append(((_IN_GAP,) * GAP,))
            continue
        optional = bool(group_optional) or (word or "").endswith("?")
        alternatives = (group if group is not None else word.rstrip("?")).split("|")
        if not all(alternatives):
            raise ValueError(f"cannot read {line!r}")
        parts.append(_choices(alternatives, optional))
        if not optional:
            needs.append(frozenset(fold(alternative.split("_")[0]) for alternative in alternatives))
    if not needs:
        raise ValueError(f"nothing that must be said in {line!r}")
    return Phrase(tuple(parts), tuple(needs), vocab)


def _choices(alternatives: list[str], optional: bool) -> tuple[Tokens, ...]:
    """Alternatives of one syllable become one token with a set; longer ones stand for themselves."""  # noqa: E501
    single = sorted({form for word in alternatives if "_" not in word for form in variants(word)})
    choices: list[Tokens] = [({"LOWER": {"IN": single}},)] if single else []
    for word in alternatives:
        if "_" in word:
            choices.append(tuple({"LOWER": {"IN": variants(part)}} for part in word.split("_")))
    if optional:
        choices.append(())
    return tuple(choices)
