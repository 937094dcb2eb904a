"""The menu of topics and the list of a topic's articles."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.turn import Turn, TurnAction
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
    """Articles that fit the child's age first."""

    def name(self) -> str:
        return "action_browse"

    def answer(self, turn: Turn) -> list[EventType]:
        articles = list(Article.objects.filter(domain=str(turn.entity("domain")), live=True))
        articles.sort(key=lambda article: not article.fits_age(turn.child_months))
        buttons = [
            button
            for article in articles[:LIST_LENGTH]
            for button in reply(
                "utter_article_button", title=article.title, slug=article.slug
            ).buttons
        ]
        if buttons:
            turn.write(reply("utter_browse").text, buttons)
        else:
            turn.say("utter_browse_empty")
        return []
