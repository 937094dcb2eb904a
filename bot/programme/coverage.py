"""Which real questions the library answers: each with its article, and what is missing by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.programme.models import Article, Domain
from bot.programme.search import SearchResult, search

# What a label says instead of a slug. A card's label is "card:" and its slug.
NONE, CLINICIAN, OUT_OF_SCOPE = "none", "clinician", "out_of_scope"
CARD = "card:"
WITHOUT_ARTICLE = (NONE, CLINICIAN, OUT_OF_SCOPE)
TOP = 3
FOUND = {"answer": "có", "did_you_mean": "có thể", "nothing": "chưa có"}


@dataclass(frozen=True)
class Covered:
    """A question and what the search makes of it."""

    question: str
    result: SearchResult

    @property
    def verdict(self) -> str:
        """có (an article answers), có thể (asked back), chưa có (nothing fits)."""
        return FOUND[self.result.decision]


@dataclass(frozen=True)
class Label:
    """What a person said of one row: the right slugs, best first, or why there is none."""

    row: int
    slugs: tuple[str, ...]
    without: str = ""
    missing: str = ""


def cover(questions: Iterable[str]) -> list[Covered]:
    """Searches for each question."""
    return [Covered(question, search(question)) for question in questions]


def missing_by_topic(covered: Sequence[Covered]) -> dict[str, list[str]]:
    """The questions without an article, under the domain and title that lie nearest; most first."""
    domains = dict(Article.objects.values_list("slug", "domain"))
    groups: dict[str, list[str]] = defaultdict(list)
    for one in covered:
        if one.result.decision != "nothing":
            continue
        hit = one.result.hits[0] if one.result.hits else None
        near = (
            f"{Domain(domains[hit.slug]).label}, gần «{hit.title}»" if hit else "không gần bài nào"
        )
        groups[near].append(one.question)
    return dict(sorted(groups.items(), key=lambda pair: -len(pair[1])))


def read_labels(path: Path) -> list[Label]:
    """The rows of a TSV: row number, slug or why there is none, second slug, what is missing.

    Raises ValueError, with the line, when a row is not in that form.
    """
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = [*line.split("\t"), "", "", ""][:4]
        if not cells[0].isdigit() or not cells[1]:
            raise ValueError(f"{path}:{number}")
        without = cells[1] if cells[1] in WITHOUT_ARTICLE else ""
        slugs = () if without else tuple(cell for cell in cells[1:3] if cell)
        labels.append(Label(int(cells[0]), slugs, without, cells[3]))
    return labels


def coverage_figures(questions: Sequence[str], labels: Sequence[Label]) -> dict[str, Any]:
    """Counts and fractions (0–1) over labelled rows (numbered from 1): `covered` of those in scope
    that have a right article; `top1` and `top3` of the covered that are found there, any of a
    label's slugs counting as right.
    """
    asked = [label for label in labels if label.row <= len(questions)]
    in_scope = [label for label in asked if label.without not in {CLINICIAN, OUT_OF_SCOPE}]
    live = set(Article.shown().values_list("slug", flat=True))
    has_article = [label for label in in_scope if live.intersection(label.slugs)]
    # Danger is answered by its card at once, whatever the search would find.
    by_card = [label for label in in_scope if label.slugs and label.slugs[0].startswith(CARD)]
    places = []
    covered = cover(questions[label.row - 1] for label in has_article)
    for label, one in zip(has_article, covered, strict=True):
        ranked = [hit.slug for hit in one.result.hits]
        places.append(
            min((ranked.index(slug) for slug in label.slugs if slug in ranked), default=99)
        )
    missing: dict[str, int] = defaultdict(int)
    for label in in_scope:
        if label not in has_article and label not in by_card:
            missing[label.missing or "chưa ghi"] += 1
    return {
        "n": len(asked),
        "in_scope": len(in_scope),
        "clinician": sum(label.without == CLINICIAN for label in asked),
        "out_of_scope": sum(label.without == OUT_OF_SCOPE for label in asked),
        "covered": (len(has_article) + len(by_card)) / len(in_scope) if in_scope else None,
        "top1": sum(place == 0 for place in places) / len(places) if places else None,
        "top3": sum(place < TOP for place in places) / len(places) if places else None,
        "missing": dict(sorted(missing.items(), key=lambda pair: -pair[1])),
    }
