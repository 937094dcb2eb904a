"""A message that asks of several things: each thing with the article that answers it.

A message is parted only where each part finds an article of its own with confidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bot.nlu.compound import Part, split_parts
from bot.nlu.entities import child_months as months_of
from bot.programme.models import Article
from bot.programme.search import Hit, SearchResult, search

MOST_PARTS = 3
# The chance that a part's best article is the right one from which it counts, after a word that
# joins and after the mere end of a question; chosen on tests/data/compound.jsonl.
JOINED_AT, WEAK_AT = 0.85, 0.98
# From this share of a part's best score the article of another part is about the same thing.
SAME_FROM = 0.70
# The articles of all parts are among so many that the whole message finds.
WHOLE_FINDS = 3


@dataclass(frozen=True)
class Asked:
    """One thing that was asked and what the search found for it."""

    text: str
    months: int | None
    result: SearchResult

    @property
    def best(self) -> Hit:
        return self.result.hits[0]


def search_parts(
    text: str,
    *,
    vector: np.ndarray | None = None,
    child_months: int | None = None,
    pregnant: bool = False,
) -> list[Asked]:
    """The things a message asks of, two or three, each with an article of its own; empty when it
    asks of one. An age told in one part counts for those that tell none; `vector` is that of the
    whole message.
    """
    parts = split_parts(text)
    if len(parts) == 1:
        return []
    told = months_of(text)
    months = told if told is not None else child_months
    found: list[tuple[Part, Asked]] = []
    for part in parts:
        asked = _ask(part.text, months, pregnant)
        if not found or _stands(part, asked, [one for _, one in found]):
            found.append((part, asked))
        else:
            before, _ = found[-1]
            joined = replace(before, text=f"{before.text} {part.text}")
            found[-1] = (joined, _ask(joined.text, months, pregnant))
    things = [asked for _, asked in found]
    if len(things) < 2 or not all(one.result.decision == "answer" for one in things):
        return []
    slugs = {one.best.slug for one in things}
    whole = search(text, vector=vector, child_months=months, pregnant=pregnant, limit=WHOLE_FINDS)
    if len(slugs) < len(things) or not slugs <= {hit.slug for hit in whole.hits}:
        return []
    return [] if _are_related(slugs) else things[:MOST_PARTS]


def _are_related(slugs: set[str]) -> bool:
    """Whether one of the articles names another as related: they tell of the same thing."""
    found = Article.shown().filter(slug__in=slugs)
    return any(slugs & set(article.related_slugs()) for article in found)


def _ask(text: str, months: int | None, pregnant: bool) -> Asked:
    told = months_of(text)
    months = told if told is not None else months
    return Asked(text, months, search(text, child_months=months, pregnant=pregnant))


def _stands(part: Part, asked: Asked, before: list[Asked]) -> bool:
    """Whether a part is a question of its own after those before it."""
    at = JOINED_AT if part.is_joined else WEAK_AT
    return asked.result.chance >= at and not any(_is_same(one, asked) for one in before)


def _is_same(one: Asked, other: Asked) -> bool:
    if not one.result.hits or not other.result.hits:
        return True
    return any(
        _score(a.result, b.best.slug) >= SAME_FROM * a.best.score
        for a, b in ((one, other), (other, one))
    )


def _score(result: SearchResult, slug: str) -> float:
    return next((hit.score for hit in result.hits if hit.slug == slug), 0.0)
