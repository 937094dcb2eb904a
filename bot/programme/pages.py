"""Public pages of the library: an article as it is read and printed, the list of all, the drawings,
what machines read (sitemap, RSS).

What searches is imported by the first search: it takes two seconds, and a web server that died must
be back soon.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import F, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django_ratelimit.core import is_ratelimited

from bot.programme.cards import Card, card_for
from bot.programme.models import Article, Domain
from bot.programme.pictures import all_pictures, pictures_of
from bot.programme.reading import Reading, make_reading, read_variants

FOUND, FEED_LENGTH, QUESTION_CHARACTERS = 10, 30, 300
SEARCHES = "30/m"


@require_GET
def article_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One published article, whole, with its sources."""
    article = Article.shown().filter(slug=slug).first()
    if article is None:
        raise Http404
    reading = make_reading(article)
    address = request.build_absolute_uri(request.path)
    context = {
        "article": article,
        "address": address,
        "reading": reading,
        "variants": read_variants(article),
        "pictures": pictures_of(slug),
        "description": reading.first[0][:200],
        "structured": _structured(address, article, reading),
    }
    return render(request, "programme/article.html", context)


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """All published articles by domain, or what a question finds (`?q=`)."""
    question = request.GET.get("q", "").strip()[:QUESTION_CHARACTERS]
    if question and is_ratelimited(
        request, group="library-search", key="ip", rate=SEARCHES, increment=True
    ):
        return render(request, "programme/list.html", {"is_slow": True}, status=429)
    from bot.programme.search import search

    result = search(question, limit=FOUND) if question else None
    groups = [
        (domain.label, Article.shown().filter(domain=domain).order_by("title")) for domain in Domain
    ]
    context = {
        "question": question,
        "card": _card_for(question) if question else None,
        "found": result.hits if result else [],
        "has_none": result is not None and result.decision == "nothing",
        "groups": [] if question else groups,
    }
    response = render(request, "programme/list.html", context)
    if question:
        # A parent's words stay out of caches.
        response["Cache-Control"] = "no-store"
    return response


def _card_for(question: str) -> Card | None:
    """The emergency card of a danger that the lexicon sees in the words."""
    from bot.nlu.screen import Screen

    alert = Screen(None).judge(question, use_encoder=False)
    return card_for(alert.as_dict()) if alert and alert.urgent else None


@require_GET
@cache_control(public=True, max_age=86400)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A drawing as SVG."""
    found = all_pictures().get(name)
    if found is None:
        raise Http404
    return FileResponse(found.svg.open("rb"), content_type="image/svg+xml")


def _structured(address: str, article: Article, reading: Reading) -> SafeString:
    """schema.org's Article as JSON that cannot end its script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "mainEntityOfPage": address,
        "citation": [
            {"@type": "CreativeWork", "name": title, "publisher": publisher, "url": url}
            for title, publisher, _, url in reading.sources
        ],
    }
    if article.last_published_at:
        data["dateModified"] = article.last_published_at.isoformat()
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)  # noqa: S308


class ArticleSitemap(Sitemap[Article]):
    """Every published article."""

    def items(self) -> QuerySet[Article]:
        return Article.shown().order_by("slug")

    def location(self, item: Article) -> str:
        return reverse("programme:article", args=[item.slug])

    def lastmod(self, item: Article) -> datetime | None:
        return item.last_published_at


class NewArticles(Feed):
    """The articles that were published last."""

    title = "Mầm: bài mới và bài vừa sửa"
    description = "Bài viết về nuôi con từ lúc mang thai đến 8 tuổi."

    def link(self) -> str:
        return reverse("programme:list")

    def items(self) -> QuerySet[Article]:
        newest = F("last_published_at").desc(nulls_last=True)
        return Article.shown().order_by(newest, "-pk")[:FEED_LENGTH]

    def item_title(self, item: Any) -> SafeString:
        return SafeString(item.title)

    def item_description(self, item: Any) -> str:
        return make_reading(item).first[0]

    def item_link(self, item: Any) -> str:
        return reverse("programme:article", args=[item.slug])
