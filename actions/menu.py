"""The menu of topics and the pages of a topic's articles."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.turn import Turn, TurnAction, article_buttons
from bot.messaging.replies import reply
from bot.programme.models import Article

LIST_LENGTH = 8


class ActionMenu(TurnAction):
    def name(self) -> str:
        return "action_menu"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_menu")
        return []


class ActionBrowse(TurnAction):
    """Eight articles at a time, those for the child's age first, with a way on and back."""

    def name(self) -> str:
        return "action_browse"

    def answer(self, turn: Turn) -> list[EventType]:
        domain = str(turn.entity("domain"))
        articles = list(Article.shown().filter(domain=domain))
        if not articles:
            turn.say("utter_browse_empty")
            return []
        articles.sort(key=lambda article: not article.fits_age(turn.child_months))
        page = min(_page(turn), (len(articles) - 1) // LIST_LENGTH)
        first = page * LIST_LENGTH
        shown = articles[first : first + LIST_LENGTH]
        buttons = article_buttons((article.slug, article.title) for article in shown)
        if first + LIST_LENGTH < len(articles):
            buttons += reply("utter_browse_next", domain=domain, page=page + 1).buttons
        if page:
            buttons += reply("utter_browse_back", domain=domain, page=page - 1).buttons
        buttons += reply("utter_browse_topics").buttons
        said = reply(
            "utter_browse" if turn.child_months is None else "utter_browse_for_age",
            first=first + 1,
            last=first + len(shown),
            count=len(articles),
        )
        turn.write(said.text, buttons)
        return []


def _page(turn: Turn) -> int:
    asked = str(turn.entity("page") or "0")
    return int(asked) if asked.isdigit() else 0
