"""The sign lexicon as spaCy matchers. Its small language is explained at the top of
danger_signs.yml.

A matcher runs only when the message holds a word of each of its parts, so a message meets few of
them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.nlu.marks import fold
from bot.nlu.normalise import LEXICON
from bot.nlu.pipeline import variants, vietnamese

GAP = 3
_IN_GAP: dict[str, Any] = {"TEXT": {"NOT_IN": [".", "!", "?", ";", "\n"]}, "OP": "?"}
_PART = re.compile(r"\(([^)]*)\)(\?)?|(…)|([^\s(…]+)")

Tokens = tuple[dict[str, Any], ...]


class LexiconError(Exception):
    """A line of the lexicon cannot be read; the message names sign and line."""


@dataclass(frozen=True)
class Sign:
    """One sign: its label, whether its words are themselves a negation, and its ways of being said."""  # noqa: E501

    name: str
    label: str
    is_negation: bool
    phrases: tuple[Phrase, ...] = field(repr=False)


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
        matcher = Matcher(self.vocab)
        patterns = [list(itertools.chain(*choice)) for choice in itertools.product(*self.parts)]
        matcher.add("phrase", [pattern for pattern in patterns if pattern])
        return matcher

    def find(self, doc: Doc) -> list[Span]:
        """The places where it stands."""
        found: list[Span] = self.matcher(doc, as_spans=True)
        return found


@lru_cache(maxsize=2)
def load_signs(name: str) -> tuple[Sign, ...]:
    """The signs of data/lexicon/<name>.yml. Raises LexiconError."""
    vocab = vietnamese().vocab
    content = yaml.safe_load((LEXICON / f"{name}.yml").read_text(encoding="utf-8"))
    signs = []
    for key, entry in content.items():
        try:
            phrases = tuple(_phrase(line, vocab) for line in entry["say"])
            signs.append(
                Sign(entry.get("as", key), entry["label"], entry.get("self", False), phrases)
            )
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"{name}.yml: {key}: {error}") from error
    return tuple(signs)


def signs_in(name: str, words: frozenset[str]) -> Iterator[tuple[Sign, Phrase]]:
    """The phrases of a lexicon that may stand in a message of these folded words."""
    seen: set[Phrase] = set()
    index = _index(name)
    for word in words:
        for sign, phrase in index.get(word, ()):
            if phrase not in seen and all(words & need for need in phrase.needs):
                seen.add(phrase)
                yield sign, phrase


@lru_cache(maxsize=2)
def _index(name: str) -> dict[str, list[tuple[Sign, Phrase]]]:
    """Each phrase under the words of that part of it which the fewest words can begin."""
    index: dict[str, list[tuple[Sign, Phrase]]] = {}
    for sign in load_signs(name):
        for phrase in sign.phrases:
            for word in min(phrase.needs, key=len):
                index.setdefault(word, []).append((sign, phrase))
    return index


def _phrase(line: str, vocab: Vocab) -> Phrase:
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
