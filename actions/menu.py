"""The menu of topics and the pages of a topic's articles."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.paging import page_of
from actions.turn import Turn, TurnAction
from bot.messaging.replies import reply
from bot.programme.models import Article


class ActionMenu(TurnAction):
    def name(self) -> str:
        return "action_menu"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_menu")
        return []


class ActionBrowse(TurnAction):
    """The articles of a domain, those for the child's age first."""

    def name(self) -> str:
        return "action_browse"

    def answer(self, turn: Turn) -> list[EventType]:
        domain = str(turn.entity("domain"))
        articles = list(Article.shown().filter(domain=domain))
        if not articles:
            turn.say("utter_browse_empty")
            return []
        articles.sort(key=lambda article: not article.fits_age(turn.child_months))
        page = page_of(turn, articles, "utter_browse", domain=domain)
        said = reply(
            "utter_browse" if turn.child_months is None else "utter_browse_for_age",
            first=page.first,
            last=page.last,
            count=page.count,
        )
        turn.write(said.text, [*page.buttons, *reply("utter_browse_topics").buttons])
        return []
