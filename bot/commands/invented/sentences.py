"""Sentences of invented people: data/demo/words.yml, and questions and answers of the library."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import yaml

from bot.programme.models import Article
from bot.site.environment import ROOT

WORDS = ROOT / "data/demo/words.yml"


@dataclass(frozen=True)
class Answered:
    """A question of the library with the article that answers it."""

    question: str
    slug: str
    domain: str
    text: str


class Sentences:
    """Draws with the generator it is given, so that a seed says the same again."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
        self.library = [
            Answered(question, article.slug, article.domain, f"{article.title}\n\n{article.first}")
            for article in Article.objects.order_by("slug").only(
                "slug", "title", "domain", "questions", "first"
            )
            # A placeholder is filled in where an answer is made.
            if "{" not in article.first
            for question in article.questions.splitlines()
        ]

    def opening(self, reason: str, child: str, months: int) -> str:
        """What a parent writes when a case of this reason begins."""
        return self._filled(self.rng.choice(self.words["openings"][reason]), child, months)

    def of_parent(self, child: str, months: int) -> str:
        return self._composed(self.words["parent"], child, months)

    def of_counsellor(self, child: str, months: int) -> str:
        return self._composed(self.words["counsellor"], child, months)

    def question(self) -> Answered:
        """A question with its answer by the assistant."""
        return self.rng.choice(self.library)

    def one_of(self, name: str, child: str = "", months: int = 0) -> str:
        """One of a list of words.yml."""
        return self._filled(self.rng.choice(self.words[name]), child, months)

    def summary(self, outcome: str, child: str) -> str:
        return self._filled(self.words["summaries"][outcome], child, 0)

    def _composed(self, parts: dict[str, list[str]], child: str, months: int) -> str:
        start, body, end = (self.rng.choice(parts[name]) for name in ("starts", "bodies", "ends"))
        return self._filled(f"{start} {body}{end}", child, months)

    def _filled(self, text: str, child: str, months: int) -> str:
        if "{cau}" in text:
            text = text.replace("{cau}", self.question().question)
        return text.replace("{be}", child).replace("{tuoi}", f"{months} tháng")
