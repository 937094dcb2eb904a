"""What a counsellor might say next: articles of the library, and what colleagues said in closed cases
that parents rated well. Only ever offered; a person chooses, reads and sends.

The parent's words are masked before anything is searched with them, and so is what comes of another
family's case.
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Subquery

from bot.counselling.models import Case
from bot.counselling.queries import WRITTEN, child_months
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.nlu.encoder import encode
from bot.nlu.normalise import fold, normalise
from bot.nlu.personal import mask
from bot.programme.search import search

ARTICLES, REPLIES = 4, 3
# The parent's last messages that say what it is about, and how much of them.
MESSAGES, CHARACTERS = 4, 500
GOOD_RATING = 4
# How many past replies are looked at, how many of these by meaning, and from which likeness one is
# offered (cosine of the sentence vectors, in which unlike texts are near 0.8).
LOOKED_AT, COMPARED, LIKE_ENOUGH = 400, 12, 0.85
SHORTEST_REPLY = 40


@dataclass(frozen=True)
class SuggestedArticle:
    slug: str
    title: str
    score: float


@dataclass(frozen=True)
class PastReply:
    """A colleague's words, with names taken out, in a case that was rated well."""

    text: str
    score: float


def question_of(case: Case) -> str:
    """The parent's last messages as one masked text, newest last; empty without any."""
    if case.conversation_id is None:
        return ""
    rows = InboundMessage.objects.filter(
        WRITTEN, conversation=case.conversation_id, kind=InboundMessage.Kind.TEXT
    ).order_by("-pk")
    texts = [text for text in rows.values_list("text", flat=True)[:MESSAGES] if text.strip()]
    return mask("\n".join(reversed(texts))[-CHARACTERS:])


def suggested_articles(case: Case, question: str) -> list[SuggestedArticle]:
    """The best of the library for what the parent wrote last, for this child's age."""
    if not question:
        return []
    found = search(question, child_months=child_months(case), limit=ARTICLES)
    return [SuggestedArticle(hit.slug, hit.title, round(hit.score, 2)) for hit in found.hits]


def past_replies(case: Case, question: str, user: User) -> list[PastReply]:
    """Replies to like questions, from cases that the account may see, best first."""
    if not question:
        return []
    asked = InboundMessage.objects.filter(
        WRITTEN, conversation=OuterRef("conversation"), received_at__lt=OuterRef("created_at")
    ).order_by("-received_at")
    good = (
        Case.objects.visible_to(user)
        .filter(state=Case.State.CLOSED, rating__gte=GOOD_RATING)
        .exclude(family=case.family_id)
    )
    rows = (
        OutboundMessage.objects.filter(
            author=OutboundMessage.Author.COUNSELLOR,
            conversation__cases__in=good,
            created_at__gte=F("conversation__cases__opened_at"),
            created_at__lte=F("conversation__cases__closed_at"),
        )
        .annotate(question=Subquery(asked.values("text")[:1]))
        .order_by("-pk")
        .values_list("question", "text")[:LOOKED_AT]
    )
    pairs = list(
        {
            reply: (asked_text, reply)
            for asked_text, reply in rows
            if asked_text and len(reply) >= SHORTEST_REPLY
        }.values()
    )
    wanted = _words(question)
    pairs.sort(key=lambda pair: -_overlap(wanted, _words(pair[0])))
    if not pairs:
        return []
    vector = encode(question)
    scored = [
        (float(np.dot(vector, encode(mask(asked_text)))), reply)
        for asked_text, reply in pairs[:COMPARED]
    ]
    scored.sort(reverse=True)
    return [
        PastReply(mask(reply), round(score, 2))
        for score, reply in scored[:REPLIES]
        if score >= LIKE_ENOUGH
    ]


def _words(text: str) -> set[str]:
    return set(fold(normalise(text)).split())


def _overlap(one: set[str], other: set[str]) -> float:
    """How much of the smaller is in the other, 0–1."""
    return len(one & other) / max(1, min(len(one), len(other)))
