"""Words written as they sound: "trảy máu" → "chảy máu", "nàm sao" → "làm sao", "co giậc" → "co
giật".

A word is changed in company that makes a known phrase of it and none as typed, or by itself when
nobody writes it so (data/lexicon/sounds.tsv, slips.tsv, company.tsv, kept.tsv).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from bot.nlu.dialects import dialect_words
from bot.nlu.known import known_phrases, known_tree, never_slips, vocabulary, words_of
from bot.nlu.marks import fold, strip_tone
from bot.nlu.sounds import differences, key_of, sounds_of
from bot.nlu.tables import common, in_use, rows, tone_in_place
from bot.nlu.tokens import (
    Token,
    Tree,
    Words,
    is_marked,
    listed_in,
    phrases_in,
    places_of,
    tree_of,
    with_text,
)


def without_slips(tokens: list[Token]) -> list[Token]:
    """The tokens, with those that were written as they sound spelled as they should be."""
    words = [tone_in_place(token.text) for token in tokens]
    settled = places_of(words, tokens, known_tree())
    meant = list(words)
    _spell_listed(meant, tokens, settled)
    if not is_marked(words):
        # What was typed without marks may be any of several words.
        settled.update(place for place, word in enumerate(words) if word.isascii())
    if len(settled) < len(words):
        _spell_phrases(meant, tokens, settled)
        for place, word in enumerate(words):
            if place not in settled:
                meant[place] = _alone(word)
    if meant != words:
        _spell_listed(meant, tokens, settled)
    return [
        token if new == word else with_text(token, new)
        for token, word, new in zip(tokens, words, meant, strict=True)
    ]


def _spell_listed(meant: list[str], tokens: list[Token], settled: set[int]) -> None:
    for first, _, spelled in listed_in(meant, tokens, _listed(), frozenset()):
        _put(spelled, first, meant, settled)


def _put(spelled: Words, first: int, meant: list[str], settled: set[int]) -> None:
    """The words in their places, unless one of them would change what is settled."""
    changed = {place for place, word in enumerate(spelled, first) if word != meant[place]}
    if settled.isdisjoint(changed):
        after = first + len(spelled)
        meant[first:after] = spelled
        settled.update(range(first, after))


def _spell_phrases(meant: list[str], tokens: list[Token], settled: set[int]) -> None:
    """Puts known phrases where words sound like them, the longest and nearest first; a settled word
    may lend its company.
    """
    found = []
    for first, after, candidates in phrases_in(list(map(key_of, meant)), tokens, _by_key()):
        if settled.issuperset(range(first, after)):
            continue
        nearest = _nearest(meant[first:after], candidates)
        if nearest is not None:
            found.append((first - after, *nearest, first))
    for _, _, spelled, first in sorted(found):
        _put(spelled, first, meant, settled)


def _nearest(typed: Sequence[str], candidates: Sequence[Words]) -> tuple[int, Words] | None:
    """The one phrase that differs in the fewest sounds, and in how many."""
    ranked = []
    for words in candidates:
        sounds = list(map(differences, typed, words))
        if all(map(_may_be_slip, typed, words, sounds)):
            ranked.append((sum(sounds), words))
    ranked.sort()
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0]


def _may_be_slip(typed: str, meant: str, sounds: int) -> bool:
    """Whether company may tell that `meant` was meant, which differs in so many sounds."""
    if not sounds:
        return True
    if typed in common() or typed in never_slips() or meant in never_slips():
        return False
    return sounds == 1 or typed not in in_use()


@lru_cache(maxsize=20_000)
def _alone(word: str) -> str:
    """A word that nobody writes so: the one that sounds like it, if it is often written; of several
    the nearest, then the one that our lists speak of.
    """
    if word.isascii() or word in in_use() or word in dialect_words() or word in never_slips():
        return word
    alike = _words_by_key().get(key_of(word), [])
    if not alike:
        return word
    fewest = min(differences(word, other) for other in alike)
    near = [other for other in alike if differences(word, other) == fewest]
    listed = [other for other in near if other in vocabulary()]
    if word in _toneless():
        # "miêng" is rather "miệng" without its tone than "miên".
        near = [other for other in listed if sounds_of(other)[2] == sounds_of(word)[2]]
    else:
        near = listed or [other for other in near if other in common()]
    return near[0] if len(near) == 1 else word


@lru_cache(maxsize=1)
def _toneless() -> frozenset[str]:
    """What words in use look like when only their tone is left out."""
    return frozenset(strip_tone(word) for word in in_use())


@lru_cache(maxsize=1)
def _by_key() -> Tree:
    """Known phrases by how they sound."""
    found: dict[Words, list[Words]] = defaultdict(list)
    for words in sorted(known_phrases()):
        keys = tuple(map(key_of, words))
        if all(keys):
            found[keys].append(words)
    return tree_of(found)


@lru_cache(maxsize=1)
def _words_by_key() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(in_use()):
        found[key_of(word)].append(word)
    found.pop("", None)
    return dict(found)


@lru_cache(maxsize=1)
def _listed() -> Tree:
    """The rows of slips.tsv; where the row allows it, without marks too."""
    found: dict[Words, Words] = {}
    for row in rows("slips"):
        typed, meant = words_of(row["viết"]), words_of(row["nghĩa"])
        found[typed] = meant
        if row["bỏ dấu"] == "được":
            found.setdefault(tuple(map(fold, typed)), meant)
    return tree_of(found)
