"""Finds the article that answers a question: sentence vectors joined with words and letters, in
memory.

Each process keeps the index of the library's version and makes it anew when the version has moved.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from bot.nlu.encoder import encode
from bot.nlu.entities import child_months as months_of
from bot.nlu.normalise import fold, normalise
from bot.nlu.pregnancy import tells_pregnancy
from bot.nlu.scope import Scope, outside_texts
from bot.nlu.topics import TopicIndex, TopicRows, TopicText, certainty
from bot.nlu.views import to_encode
from bot.programme.models import Article, LibraryVersion, Passage

# Chosen on tests/data/search/dev.tsv (docs/evaluation.md); the one place of these numbers: the
# chance that the best article is the right one, from which it is given, and that the library
# has anything on the question, below which nothing is.
ANSWER_AT = 0.50
INSIDE_AT = 0.55
# What the score of an article for another age is worth.
OUT_OF_AGE = 0.85


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
    so. `chance`: that the best is the right one, 0–1; 0 when nothing was found.
    """

    decision: str
    hits: list[Hit] = field(default_factory=list)
    age_lifted: bool = False
    chance: float = 0.0


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
    hits, decision, chance = current_index().rank(text, vector, months, pregnant)
    return SearchResult(decision, hits[:limit], bool(hits) and not hits[0].fits_age, chance)


class Index:
    """All passages of one version of the library; read-only after it is made."""

    def __init__(self, version: int, rows: TopicRows) -> None:
        self.version = version
        found = list(
            Passage.objects.filter(article__live=True).values_list(
                "article_id", "kind", "plain", "vector", "text"
            )
        )
        articles = Article.shown().defer("more", "doctor", "note").in_bulk()
        found = [row for row in found if row[0] in articles]
        order = sorted({row[0] for row in found})
        self.articles = [articles[pk] for pk in order]
        position = {pk: i for i, pk in enumerate(order)}
        self.topics: TopicIndex | None = None
        if found:
            texts = [
                # Rows of before the column was there hold no plain text.
                TopicText(position[pk], plain or fold(normalise(text)), kind == Passage.Kind.PIECE)
                for pk, kind, plain, _, text in found
            ]
            vectors = np.stack([np.frombuffer(bytes(row[3]), np.float16) for row in found])
            self.topics = TopicIndex(texts, vectors.astype(np.float32), len(order), rows)
            asked = [text.plain for text in texts if not text.is_piece]
            self.scope = Scope(rows.words, asked, outside_texts())
            plain = [text.plain for text in texts]
            rows.letters.forget_all_but(plain)
            rows.words.forget_all_but([*plain, *outside_texts()])

    def rank(
        self, text: str, vector: np.ndarray | None, months: int | None, pregnant: bool
    ) -> tuple[list[Hit], str, float]:
        """Every article, best first, the decision, and the chance that the best is right."""
        if self.topics is None:
            return [], "nothing", 0.0
        plain = fold(normalise(text))
        scores = self.topics.scores(plain, encode(to_encode(text)) if vector is None else vector)
        hits = []
        for article, score in zip(self.articles, scores, strict=True):
            fits = _fits(article, months, pregnant)
            worth = float(score) * (1 if fits else OUT_OF_AGE)
            hits.append(Hit(article.slug, article.title, min(1.0, max(0.0, worth)), fits))
        hits.sort(key=lambda hit: -hit.score)
        best = np.array([hit.score for hit in hits[:4]])
        first, inside = certainty(best, self.scope.leaning(plain))
        if inside < INSIDE_AT:
            return hits, "nothing", 0.0
        return hits, "answer" if first >= ANSWER_AT else "did_you_mean", first


def _fits(article: Article, months: int | None, pregnant: bool) -> bool:
    """Whether it is written for this child, or for the pregnancy that is told of."""
    if pregnant and article.pregnancy:
        return True
    if article.age_from is None:
        return pregnant or months is None
    return article.fits_age(months)


_index: Index | None = None
_rows = TopicRows()
_lock = threading.Lock()


def current_index() -> Index:
    """The index of the version that the database has now."""
    global _index
    version = LibraryVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        if _index is None or _index.version != version:
            _index = Index(version, _rows)
        return _index
