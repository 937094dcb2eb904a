"""Counts over the library: by domain, age, review state, stale."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from bot.programme.models import Article, EmergencyCard, Source

# Completed months at which a year of life begins.
BANDS = {
    "0-5": (0, 6),
    "6-11": (6, 12),
    "12-23": (12, 24),
    "24-35": (24, 36),
    "36-59": (36, 60),
    "60-95": (60, 96),
}


def library_stats() -> dict[str, Any]:
    """Numbers of articles; an article that spans several ages counts in each."""
    articles = list(Article.objects.all())
    today = timezone.localdate()
    ages = {
        name: sum(
            a.age_from is not None and a.age_from < end and (a.age_to or 0) > start
            for a in articles
        )
        for name, (start, end) in BANDS.items()
    }
    return {
        "articles": len(articles),
        "live": sum(a.live for a in articles),
        "cards": EmergencyCard.objects.count(),
        "sources": Source.objects.count(),
        "domains": dict(Counter(a.domain for a in articles)),
        "ages": {**ages, "pregnancy": sum(a.pregnancy for a in articles)},
        "review": dict(Counter(a.review_state for a in articles)),
        "stale": sum(a.review_again < today for a in articles),
        "edited_here": Article.objects.exclude(newer_shipped_text="").count(),
    }
