"""Words of the north, the centre and the south as the common words (data/lexicon/dialect-*.tsv).

A word that also means something else counts only in the company that its row names, or in a line
that holds a word which nobody else says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.known import protected_tree, words_of
from bot.nlu.marks import fold
from bot.nlu.tables import rows, tone_in_place
from bot.nlu.tokens import (
    Token,
    Tree,
    Words,
    in_place_of,
    is_marked,
    listed_in,
    places_of,
    tree_of,
)

REGIONS = ("northern", "central", "southern")
# When a row counts: always, in a line with a sure word of its region, or as a second reading alone.
SURE, IN_REGION, MAYBE = "", "câu có tiếng vùng", "chỉ thêm"


# In a line without marks most of them may be another word: "ri", "tui", "chi".
BARE_TOO = "được"
# After a number it would be counted: "sốt 38 độ 7 chừ".
COUNTED = frozenset({"giờ"})


@dataclass(frozen=True)
class Dialect:
    """The rows of one region by when they count; `tells`: words that nobody else says."""

    by_use: dict[str, dict[Words, Words]]
    tells: frozenset[str]


def in_common_words(tokens: list[Token]) -> list[Token]:
    """The tokens, with the words of a region replaced by the common ones."""
    return _read(tokens, with_doubt=False)


def second_reading(tokens: list[Token]) -> list[Token]:
    """The same with the words too that mean this only sometimes; `tokens` when there are none."""
    return _read(tokens, with_doubt=True)


def _read(tokens: list[Token], *, with_doubt: bool) -> list[Token]:
    words = [tone_in_place(token.text) for token in tokens]
    spoken = dialect_words().intersection(words)
    if not spoken:
        return tokens
    tree: Tree
    if is_marked(words):
        regions = frozenset(
            name for name, dialect in dialects().items() if not spoken.isdisjoint(dialect.tells)
        )
        tree = _listed(frozenset(REGIONS) if with_doubt else regions, with_doubt)
    else:
        tree = _bare()
    kept = places_of(words, tokens, protected_tree())
    out: list[Token] = []
    at = 0
    for first, after, meant in listed_in(words, tokens, tree, kept):
        if meant[0] in COUNTED and first and words[first - 1].isdigit():
            continue
        out += tokens[at:first]
        out += in_place_of(tokens[first:after], meant)
        at = after
    return out + tokens[at:]


@lru_cache(maxsize=1)
def dialects() -> dict[str, Dialect]:
    """The tables by region. A word that two regions share tells of neither."""
    tables = {name: rows(f"dialect-{name}") for name in REGIONS}
    alone = {
        name: {words_of(row["viết"]) for row in table if row["khi"] == SURE}
        for name, table in tables.items()
    }
    found = {}
    for name, table in tables.items():
        others = set().union(*(words for other, words in alone.items() if other != name))
        by_use: dict[str, dict[Words, Words]] = {SURE: {}, IN_REGION: {}, MAYBE: {}}
        for row in table:
            by_use[row["khi"]][words_of(row["viết"])] = words_of(row["nghĩa"])
        tells = {words[0] for words in alone[name] - others if len(words) == 1}
        found[name] = Dialect(by_use, frozenset(tells))
    return found


@lru_cache(maxsize=1)
def dialect_words() -> frozenset[str]:
    """Every word of the tables: a line without any of them is not looked at."""
    typed = {
        words
        for dialect in dialects().values()
        for phrases in dialect.by_use.values()
        for words in phrases
    }
    return frozenset(word for words in typed for word in words)


@lru_cache(maxsize=16)
def _listed(regions: frozenset[str], with_doubt: bool) -> Tree:
    """The rows that count in a line which tells of these regions."""
    found: dict[Words, Words] = {}
    for name, dialect in dialects().items():
        found |= dialect.by_use[MAYBE] if with_doubt else {}
        found |= dialect.by_use[IN_REGION] if name in regions else {}
        found |= dialect.by_use[SURE]
    return tree_of(found)


@lru_cache(maxsize=1)
def _bare() -> Tree:
    """The rows that count in a line without marks too, without theirs."""
    return tree_of(
        {
            tuple(map(fold, words_of(row["viết"]))): words_of(row["nghĩa"])
            for name in REGIONS
            for row in rows(f"dialect-{name}")
            if row["bỏ dấu"] == BARE_TOO
        }
    )
