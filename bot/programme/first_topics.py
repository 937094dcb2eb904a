"""The few topics that a parent who has not yet said what it is about chooses from."""

from __future__ import annotations

from functools import lru_cache

import yaml

from bot.programme.hotlines import PROGRAMME
from bot.programme.models import Article

CHECKPOINTS = "checkpoints"


@lru_cache(maxsize=1)
def first_topics() -> dict[str, list[str]]:
    """Topic → slugs, the most asked first; `checkpoints` → those of development by age."""
    content: dict[str, list[str]] = yaml.safe_load(
        (PROGRAMME / "first_topics.yml").read_text(encoding="utf-8")
    )
    return content


def topic_articles(topic: str, months: int | None) -> list[Article]:
    """The published articles of a topic for a child of that age (completed months), in the order of
    the table; all of them when none is for that age or the age is unknown.
    """
    shown = _shown(topic)
    return [article for article in shown if article.fits_age(months)] or shown


def checkpoint_of(months: int) -> Article | None:
    """What children of that age can do; the later one where two meet."""
    fitting = [article for article in _shown(CHECKPOINTS) if article.fits_age(months)]
    return fitting[-1] if fitting else None


def _shown(topic: str) -> list[Article]:
    slugs = first_topics().get(topic, [])
    found = Article.shown().filter(slug__in=slugs).in_bulk(field_name="slug")
    return [found[slug] for slug in slugs if slug in found]
