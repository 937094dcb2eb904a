"""The article that a follow-up is answered with: that of the topic before, or one that the topic
and the new words find together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.nlu.encoder import encode
from bot.nlu.entities import child_months as months_of
from bot.nlu.fillers import without_ages
from bot.nlu.followups import FollowUp
from bot.nlu.views import to_encode
from bot.programme.models import Article
from bot.programme.passages import PIECE_CHARACTERS
from bot.programme.reading import Reading
from bot.programme.search import SearchResult, search

# A message with a topic of its own stands alone from this chance that its best article is right.
ALONE_AT = 0.90
# How much better than the topic's own article another must be that both together find.
BETTER_BY = 1.25
CHARACTERS = 400


@dataclass(frozen=True)
class Topic:
    """What was spoken of: the last question and the article that answered it, if one did."""

    question: str
    slug: str | None


@dataclass(frozen=True)
class Followed:
    """`joined`: the question with the new words; `slug`: what answers it, None when nothing does;
    `months`: the age it is answered for.
    """

    joined: str
    slug: str | None
    months: int | None
    result: SearchResult


def follow(
    text: str,
    followup: FollowUp,
    topic: Topic,
    *,
    child_months: int | None = None,
    pregnant: bool = False,
) -> Followed | None:
    """What answers a follow-up; None when it stands on its own after all. An age in it replaces
    the one of the question.
    """
    if not followup.is_bare:
        alone = search(text, child_months=child_months, pregnant=pregnant)
        if alone.decision == "answer" and alone.chance >= ALONE_AT:
            return None
    told = followup.months if followup.months is not None else months_of(topic.question)
    months = told if told is not None else child_months
    question = topic.question[-CHARACTERS:]
    if followup.months is not None:
        question = without_ages(question)[0]
    joined = f"{question.rstrip(' .?!')}, {text}"
    result = search(joined, child_months=months, pregnant=pregnant)
    return Followed(joined, _chosen(followup, topic, months, result), months, result)


def _chosen(
    followup: FollowUp, topic: Topic, months: int | None, result: SearchResult
) -> str | None:
    best = result.hits[0] if result.decision == "answer" else None
    own = next((hit for hit in result.hits if hit.slug == topic.slug), None)
    if topic.slug is None:
        return best.slug if best else None
    if followup.months is not None and not _fits(topic.slug, months):
        return best.slug if best else topic.slug
    if best and (own is None or best.score >= BETTER_BY * own.score):
        return best.slug
    return topic.slug


def _fits(slug: str, months: int | None) -> bool:
    article = Article.shown().filter(slug=slug).first()
    return article is not None and (months is None or article.fits_age(months))


def telling_piece(reading: Reading, asked: str) -> str:
    """The piece of an article that says most about what was asked."""
    pieces = [*reading.first, *reading.more, *reading.doctor]
    vector = encode(to_encode(asked))
    return max(pieces, key=lambda piece: float(_meaning(piece) @ vector))


@lru_cache(maxsize=512)
def _meaning(piece: str) -> np.ndarray:
    return encode(to_encode(piece[:PIECE_CHARACTERS]))
