"""Finds the article that answers a question: sentence vectors joined with words and letters, in
memory.

Each process keeps the index of the library's version and makes it anew when the version has moved.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from bot.nlu.certainty import NEEDED, Signs, certainty
from bot.nlu.encoder import DIMENSION, encode
from bot.nlu.entities import child_months as months_of
from bot.nlu.normalise import fold, normalise, one_line
from bot.nlu.pregnancy import tells_pregnancy
from bot.nlu.rerank import LOOKED_AT, Reranker, scores
from bot.nlu.scope import Scope, outside_texts, outside_vectors
from bot.nlu.topics import Look, TopicIndex, TopicRows, TopicText
from bot.nlu.views import to_encode
from bot.programme.models import Article, LibraryVersion, Passage

# Chosen on tests/data/search/dev.tsv and dev-3.tsv (docs/evaluation.md); the one place of these
# numbers: the chance that the best article is the right one, from which it is given, and that the
# library has anything on the question, below which nothing is.
ANSWER_AT = 0.5
INSIDE_AT = 0.6
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
    whose = _whose(text, child_months, pregnant=pregnant)
    hits, decision, chance = current_index().rank(text, vector, *whose, limit)
    return SearchResult(decision, hits, bool(hits) and not hits[0].fits_age, chance)


def look(text: str, *, child_months: int | None = None) -> tuple[Signs, Hit]:
    """What the decision rests on, and the best article: what scripts/fit_search_calibration.py
    learns from. Raises IndexError when nothing is published.
    """
    whose = _whose(text, child_months, pregnant=False)
    signs, hits = current_index().look(text, None, *whose, NEEDED)
    return signs, hits[0]


def candidates(
    text: str, *, child_months: int | None = None
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Slugs, signs and worth of the articles among which bot.nlu.rerank chooses: what
    scripts/fit_search_ranking.py learns from.
    """
    index = current_index()
    found = index.candidates(text, None, *_whose(text, child_months, pregnant=False), LOOKED_AT)
    return [index.articles[place].slug for place in found.places], found.signs, found.worth


def _whose(text: str, child_months: int | None, *, pregnant: bool) -> tuple[int | None, bool]:
    """The age in months and whether there is a pregnancy; what the text tells comes first."""
    told = months_of(text)
    return (told if told is not None else child_months, pregnant or tells_pregnancy(text))


@dataclass(frozen=True)
class Candidates:
    """Places of articles (n,), what speaks for each (n, signs: bot.nlu.rerank.NAMES), what the
    index held them worth (n,) and whether each fits the age; what it found, the question's vector.
    """

    places: np.ndarray
    signs: np.ndarray
    worth: np.ndarray
    fits: np.ndarray
    look: Look
    meaning: np.ndarray


class Index:
    """All passages of one version of the library; read-only after it is made."""

    def __init__(
        self,
        version: int,
        articles: Sequence[Article],
        texts: Sequence[TopicText],
        vectors: np.ndarray,
        rows: TopicRows,
    ) -> None:
        """`vectors` (n, 384) belong to `texts`, whose topics are places in `articles`."""
        self.version, self.articles = version, articles
        self.ages = Ages(articles)
        self.topics: TopicIndex | None = None
        if texts:
            self.topics = TopicIndex(texts, vectors, len(articles), rows)
            domains = [article.domain for article in articles]
            self.reranker = Reranker(domains, texts, vectors, self.topics.words_of_topic)
            asked = [text.plain for text in texts if not text.is_piece]
            self.scope = Scope(rows.words, asked, outside_texts(), outside_vectors())

    @classmethod
    def load(cls, version: int, rows: TopicRows) -> Index:
        """The index of what the database has now."""
        found = list(
            Passage.objects.filter(article__live=True).values_list(
                "article_id", "kind", "plain", "vector", "text"
            )
        )
        articles = Article.shown().defer("more", "doctor", "note").in_bulk()
        found = [row for row in found if row[0] in articles]
        order = sorted({row[0] for row in found})
        position = {pk: i for i, pk in enumerate(order)}
        texts = [
            # Rows of before the column was there hold no plain text.
            TopicText(
                position[pk],
                plain or fold(normalise(text)),
                kind == Passage.Kind.PIECE,
                one_line(text),
            )
            for pk, kind, plain, _, text in found
        ]
        vectors = np.frombuffer(b"".join(bytes(row[3]) for row in found), np.float16)
        index = cls(
            version,
            [articles[pk] for pk in order],
            texts,
            vectors.reshape(-1, DIMENSION).astype(np.float32),
            rows,
        )
        plain = [text.plain for text in texts]
        rows.letters.forget_all_but(plain)
        rows.words.forget_all_but([*plain, *outside_texts()])
        return index

    def rank(
        self,
        text: str,
        vector: np.ndarray | None,
        months: int | None,
        pregnant: bool,
        limit: int = 10,
    ) -> tuple[list[Hit], str, float]:
        """The best articles, best first, the decision, and the chance that the best is right."""
        if self.topics is None:
            return [], "nothing", 0.0
        signs, hits = self.look(text, vector, months, pregnant, max(limit, NEEDED))
        first, inside = certainty(signs)
        if inside < INSIDE_AT:
            return hits[:limit], "nothing", 0.0
        return hits[:limit], "answer" if first >= ANSWER_AT else "did_you_mean", first

    def look(
        self, text: str, vector: np.ndarray | None, months: int | None, pregnant: bool, count: int
    ) -> tuple[Signs, list[Hit]]:
        """The best `count` articles, and what speaks for the first. There must be an article."""
        found = self.candidates(text, vector, months, pregnant, count)
        score = scores(found.signs)
        order = np.argsort(-score, kind="stable")[:count]
        hits = [
            Hit(article.slug, article.title, float(score[i]), bool(found.fits[i]))
            for i, article in ((i, self.articles[found.places[i]]) for i in order)
        ]
        plain = fold(normalise(text))
        signs = Signs(
            best=[hit.score for hit in hits[:NEEDED]],
            leaning=self.scope.leaning(plain),
            nearer=self.scope.nearest(found.meaning) - found.look.nearest,
            covered=cast(TopicIndex, self.topics).covered(found.look, found.places[order[0]]),
            words=len(plain.split()),
        )
        return signs, hits

    def candidates(
        self, text: str, vector: np.ndarray | None, months: int | None, pregnant: bool, count: int
    ) -> Candidates:
        """The articles that are put in order: those that the index finds best."""
        meaning = encode(to_encode(text)) if vector is None else vector
        look = cast(TopicIndex, self.topics).look(fold(normalise(text)), meaning)
        fits = self.ages.fit(months, pregnant)
        worth = look.scores * np.where(fits, 1.0, OUT_OF_AGE)
        best = np.argsort(-worth, kind="stable")[: max(count, LOOKED_AT)]
        signs = self.reranker.signs(best, text, look, meaning, fits)
        return Candidates(best, signs, worth[best], fits[best], look, meaning)


class Ages:
    """Whether articles are written for a child, or for the pregnancy that is told of."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._pregnancy = np.array([article.pregnancy for article in articles], bool)
        # Before birth alone: no age fits.
        self._unborn = np.array([article.age_from is None for article in articles], bool)
        self._from = np.array([article.age_from or 0 for article in articles])
        self._to = np.array([article.age_to or 0 for article in articles])

    def fit(self, months: int | None, pregnant: bool) -> np.ndarray:
        """(n,) of the articles; without an age each fits."""
        aged = (
            np.ones(len(self._from), bool)
            if months is None
            else (self._from <= months) & (months < self._to)
        )
        fits = np.where(self._unborn, pregnant or months is None, aged)
        return fits | self._pregnancy if pregnant else fits


_index: Index | None = None
_rows = TopicRows()
_lock = threading.Lock()


def current_index() -> Index:
    """The index of the version that the database has now."""
    global _index
    version = LibraryVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        if _index is None or _index.version != version:
            _index = Index.load(version, _rows)
        return _index
