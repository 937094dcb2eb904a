"""The library's search on labelled questions: which article, and whether it rightly gave none."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.evaluation.asked import NONE, Asked, read_asked
from bot.nlu.encoder import cache_key
from bot.nlu.shipped_vectors import ShippedVectors
from bot.nlu.views import to_encode
from bot.programme.models import Article
from bot.programme.search import SearchResult, search


def evaluate_search(*paths: Path, vectors: ShippedVectors | None = None) -> dict[str, Any]:
    """Fractions 0–1 and milliseconds a question, over the library of the configured database. With
    `vectors` what they hold is not encoded.
    """
    domains = dict(Article.objects.filter(live=True).values_list("slug", "domain"))
    times: list[float] = []
    asked = [row for path in paths for row in read_asked(path)]
    found = find_rows(asked, times=times, vectors=vectors)
    by_style: dict[str, list[tuple[Asked, SearchResult]]] = defaultdict(list)
    by_domain: dict[str, list[tuple[Asked, SearchResult]]] = defaultdict(list)
    for row, result in found:
        by_style[row.style].append((row, result))
        by_domain[domains.get(row.slug, NONE)].append((row, result))
    return {
        "n": len(found),
        **search_figures(found),
        "ms_median": statistics.median(times) if times else 0.0,
        "styles": {style: search_figures(pairs) for style, pairs in sorted(by_style.items())},
        "domains": {name: search_figures(pairs) for name, pairs in sorted(by_domain.items())},
    }


def find_rows(
    asked: list[Asked],
    *,
    times: list[float] | None = None,
    vectors: ShippedVectors | None = None,
) -> list[tuple[Asked, SearchResult]]:
    """Each question with what was found, those left out whose article is not published; its
    milliseconds are added to `times`.
    """
    published = set(Article.objects.filter(live=True).values_list("slug", flat=True))
    rows = [row for row in asked if row.slug == NONE or row.slug in published]
    if rows:
        search(rows[0].text)
    found = []
    for row in rows:
        begun = time.perf_counter()
        vector = vectors.get(cache_key(to_encode(row.text))) if vectors else None
        found.append((row, search(row.text, vector=vector, child_months=row.child_months)))
        if times is not None:
            times.append((time.perf_counter() - begun) * 1000)
    return found


def search_figures(found: list[tuple[Asked, SearchResult]]) -> dict[str, Any]:
    """top1, top3, mrr over questions that have an article; answered_right, answered_wrong and
    refused_wrongly over the same; refused_rightly over those that have none.

    error_points, over all: a wrong answer given with confidence costs two, a question back or a
    wrong refusal one. Told as a mean a question (0–2); a hundred times that in print.
    """
    with_article = [(row, result) for row, result in found if row.slug != NONE]
    without = [result for row, result in found if row.slug == NONE]
    counts = dict.fromkeys(("top1", "top3", "mrr", "refused_wrongly"), len(with_article))
    places = [_place(row.slugs, result) for row, result in with_article]
    answers = [
        result.hits[0].slug in row.slugs if result.decision == "answer" else None
        for row, result in with_article
    ]
    points = [0 if answer else 2 if answer is False else 1 for answer in answers]
    points += [{"answer": 2, "did_you_mean": 1, "nothing": 0}[one.decision] for one in without]
    return {
        "top1": _mean([place == 1 for place in places]),
        "top3": _mean([place is not None and place <= 3 for place in places]),
        "mrr": _mean([1 / place if place else 0.0 for place in places]),
        "answered_right": _mean([answer is True for answer in answers]),
        "answered_wrong": _mean([answer is False for answer in answers]),
        "refused_wrongly": _mean([result.decision == "nothing" for _, result in with_article]),
        "refused_rightly": _mean([result.decision == "nothing" for result in without]),
        "answered_without_article": _mean([result.decision == "answer" for result in without]),
        "error_points": _mean(points),
        "counts": {**counts, "refused_rightly": len(without)},
    }


def _place(slugs: tuple[str, ...], result: SearchResult) -> int | None:
    """Where the first of the right articles stands, from 1."""
    ranked = [hit.slug for hit in result.hits]
    return min((ranked.index(slug) + 1 for slug in slugs if slug in ranked), default=None)


def _mean(values: list[Any]) -> float | None:
    return sum(map(float, values)) / len(values) if values else None
