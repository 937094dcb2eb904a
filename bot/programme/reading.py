"""An article as a parent reads it: pieces for a phone, for the child's age, numbers filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.programme.hotlines import fill_hotlines
from bot.programme.models import Article, Domain, ReviewState

PIECE_BREAK = "\n***\n"


@dataclass(frozen=True)
class Reading:
    """What the chat shows of one article. Lists hold pieces of at most about 700 characters."""

    slug: str
    title: str
    first: list[str]
    more: list[str]
    doctor: list[str]
    related: list[tuple[str, str]]
    sources: list[tuple[str, str, int | None, str]]
    offers_counsellor: bool
    asks_age: bool
    ages_text: str
    was_reviewed: bool
    is_development: bool


def read_article(slug: str, *, child_months: int | None = None) -> Reading | None:
    """The published article for a child of that age (completed months), or None."""
    article = Article.shown().filter(slug=slug).first()
    return make_reading(article, child_months=child_months) if article else None


def make_reading(article: Article, *, child_months: int | None = None) -> Reading:
    """The reading of an article, published or a draft in a preview."""
    variants = list(article.variants.all())
    first = article.first
    if child_months is not None:
        first = next((v.text for v in variants if v.age_from <= child_months < v.age_to), first)
    titles = dict(
        Article.shown().filter(slug__in=article.related_slugs()).values_list("slug", "title")
    )
    return Reading(
        slug=article.slug,
        title=article.title,
        first=_pieces(first),
        more=_pieces(article.more),
        doctor=_pieces(article.doctor),
        related=[(slug, titles[slug]) for slug in article.related_slugs() if slug in titles],
        sources=[(s.title, s.publisher, s.year, s.url) for s in article.source_list()],
        offers_counsellor=article.offers_counsellor,
        asks_age=bool(variants) and child_months is None,
        ages_text=ages_text(article.age_from, article.age_to),
        was_reviewed=article.was_reviewed,
        is_development=article.domain == Domain.DEVELOPMENT,
    )


@dataclass(frozen=True)
class VariantReading:
    """What replaces the first part for children of these ages."""

    ages: str
    pieces: list[str]


def read_variants(article: Article) -> list[VariantReading]:
    """All texts by age, for the preview."""
    return [
        VariantReading(ages_text(v.age_from, v.age_to), _pieces(v.text))
        for v in article.variants.all()
    ]


def _pieces(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").strip()
    return [fill_hotlines(piece.strip()) for piece in lines.split(PIECE_BREAK) if piece.strip()]


@lru_cache(maxsize=256)
def ages_text(start: int | None, end: int | None) -> str:
    """ "6–11 tháng", "2–7 tuổi", "khi mang thai"."""
    if start is None or end is None:
        return "khi mang thai"
    if start % 12 == 0 and end % 12 == 0 and start >= 12:
        return f"{start // 12}–{end // 12} tuổi" if end - start > 12 else f"{start // 12} tuổi"
    if end > 24 and end % 12 == 0:
        return (
            f"{start} tháng đến {end // 12} tuổi" if start else f"từ lúc sinh đến {end // 12} tuổi"
        )
    return f"{start}–{end - 1} tháng" if end - start > 1 else f"{start} tháng"


def unreviewed_articles() -> int:
    """How many published articles no named person has reviewed yet."""
    return Article.objects.filter(live=True).exclude(review_state=ReviewState.APPROVED).count()
