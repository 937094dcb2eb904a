"""Lists of articles as buttons, eight at a time, with a way on and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.turn import Turn, article_buttons
from bot.messaging.replies import reply
from bot.programme.models import Article

LIST_LENGTH = 8


@dataclass(frozen=True)
class Page:
    """`first` and `last` count from 1; `buttons` are the articles, then the way on and back."""

    number: int
    first: int
    last: int
    count: int
    buttons: list[tuple[str, str]]


def page_of(turn: Turn, articles: Sequence[Article], way: str, **values: Any) -> Page:
    """The page that was asked for (the last one when there are fewer) of at least one article.
    `way` names the responses <way>_next and <way>_back, which get `values` and the page.
    """
    number = min(_asked_page(turn), (len(articles) - 1) // LIST_LENGTH)
    start = number * LIST_LENGTH
    shown = articles[start : start + LIST_LENGTH]
    buttons = article_buttons((article.slug, article.title) for article in shown)
    if start + LIST_LENGTH < len(articles):
        buttons += reply(f"{way}_next", page=number + 1, **values).buttons
    if number:
        buttons += reply(f"{way}_back", page=number - 1, **values).buttons
    return Page(number, start + 1, start + len(shown), len(articles), buttons)


def _asked_page(turn: Turn) -> int:
    asked = str(turn.entity("page") or "0")
    return int(asked) if asked.isdigit() else 0
