"""Finds the article that answers a question: sentence vectors joined with character n-grams, in
memory.

Each process keeps the index of the library's version and makes it anew when the version has moved.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from bot.nlu.entities import child_months as months_of
from bot.nlu.pregnancy import tells_pregnancy
from bot.nlu.ranking import Matcher
from bot.programme.models import Article, LibraryVersion, Passage

# Chosen on tests/data/search/*.tsv by `mam evaluate` (docs/evaluation.md); the one place of these
# numbers.
ANSWER_AT = 0.60
# Below it, an answer is given only when it stands clear of the next one.
CLEAR_BY = 0.05
ASK_AT = 0.42
KIND_WEIGHT = {"question": 1.0, "title": 1.0, "piece": 0.85}
OUT_OF_AGE = 0.80


@dataclass(frozen=True)
class Hit:
    """An article with its score, 0–1; `fits_age` False: written for another age than the child's."""  # noqa: E501

    slug: str
    title: str
    score: float
    fits_age: bool

    def as_dict(self) -> dict[str, object]:
        return {"slug": self.slug, "title": self.title, "score": round(self.score, 3)}


@dataclass(frozen=True)
class SearchResult:
    """`decision`: answer, did_you_mean or nothing. `age_lifted`: the best is for another age, said
    so.
    """

    decision: str
    hits: list[Hit] = field(default_factory=list)
    age_lifted: bool = False


def search(
    text: str,
    *,
    vector: np.ndarray | None = None,
    child_months: int | None = None,
    pregnant: bool = False,
    limit: int = 10,
) -> SearchResult:
    """Ranks the published articles. An age in the text beats `child_months`; `vector` saves an
    encoding.
    """
    told = months_of(text)
    months = told if told is not None else child_months
    pregnant = pregnant or tells_pregnancy(text)
    hits = current_index().rank(text, vector, months, pregnant)[:limit]
    return SearchResult(_decide(hits), hits, bool(hits) and not hits[0].fits_age)


def _decide(hits: list[Hit]) -> str:
    if not hits or hits[0].score < ASK_AT:
        return "nothing"
    clear = len(hits) == 1 or hits[0].score - hits[1].score >= CLEAR_BY
    if hits[0].score >= ANSWER_AT or (clear and hits[0].score >= (ANSWER_AT + ASK_AT) / 2):
        return "answer"
    return "did_you_mean"


class Index:
    """All passages of one version of the library; read-only after it is made."""

    def __init__(self, version: int) -> None:
        self.version = version
        rows = list(
            Passage.objects.filter(article__live=True).values_list(
                "article_id", "kind", "text", "vector"
            )
        )
        articles = Article.objects.filter(live=True).in_bulk()
        rows = [row for row in rows if row[0] in articles]
        order = sorted({row[0] for row in rows})
        self.articles = [articles[pk] for pk in order]
        position = {pk: i for i, pk in enumerate(order)}
        self.owner = np.array([position[row[0]] for row in rows], dtype=np.int64)
        self.weight = np.array([KIND_WEIGHT[row[1]] for row in rows], dtype=np.float32)
        self.matcher: Matcher | None = None
        if rows:
            vectors = np.stack([np.frombuffer(bytes(row[3]), np.float16) for row in rows]).astype(
                np.float32
            )
            self.matcher = Matcher([row[2] for row in rows], vectors)

    def rank(
        self, text: str, vector: np.ndarray | None, months: int | None, pregnant: bool
    ) -> list[Hit]:
        """Every article, best first."""
        if self.matcher is None:
            return []
        scores = self.matcher.scores(text, vector) * self.weight
        best = np.zeros(len(self.articles), np.float32)
        np.maximum.at(best, self.owner, scores)
        hits = []
        for article, score in zip(self.articles, best, strict=True):
            fits = article.fits_age(months) and (
                article.age_from is not None or pregnant or months is None
            )
            hits.append(
                Hit(article.slug, article.title, float(score) * (1 if fits else OUT_OF_AGE), fits)
            )
        return sorted(hits, key=lambda hit: -hit.score)


_index: Index | None = None
_lock = threading.Lock()


def current_index() -> Index:
    """The index of the version that the database has now."""
    global _index
    version = LibraryVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        if _index is None or _index.version != version:
            _index = Index(version)
        return _index
