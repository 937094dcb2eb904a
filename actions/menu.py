"""The menu of topics and the pages of a topic's articles."""

from __future__ import annotations

from django.db.models import F
from rasa_sdk.events import EventType

from actions.paging import page_of
from actions.turn import Turn, TurnAction
from bot.messaging.replies import reply
from bot.programme.models import Article

# A list of topics or of ages stands where a topic's articles would; no list is longer than eight.
SUBMENUS = {"more": "utter_menu_more", "ages": "utter_menu_ages"}
AGE = "age-"


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
        if domain in SUBMENUS:
            turn.say(SUBMENUS[domain])
            return []
        articles = _articles_of(domain)
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


def _articles_of(domain: str) -> list[Article]:
    """Of a topic; of an age in months (`age-8`), those written for few ages first; of pregnancy."""
    shown = Article.shown()
    if domain == "pregnancy":
        return list(shown.filter(pregnancy=True))
    months = domain.removeprefix(AGE)
    if domain.startswith(AGE) and months.isdigit():
        fit = shown.filter(age_from__lte=int(months), age_to__gt=int(months))
        return list(fit.order_by(F("age_to") - F("age_from"), "title"))
    return list(shown.filter(domain=domain))
