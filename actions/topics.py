"""One question back when a message said nothing answerable, and what a press on it shows."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.paging import page_of
from actions.turn import Turn, TurnAction, article_buttons
from bot.messaging.replies import reply
from bot.programme.first_topics import checkpoint_of, topic_articles

NO_AGE = "none"


def ask_topic(turn: Turn, months: int | None) -> None:
    """Asks what it is about. `months`: the age that was told with it, carried on by the buttons."""
    turn.say("utter_ask_topic", months=NO_AGE if months is None else months)


class ActionBrowseTopic(TurnAction):
    """The articles of a first topic for the child's age, and the checkpoint of an age just told."""

    def name(self) -> str:
        return "action_browse_topic"

    def answer(self, turn: Turn) -> list[EventType]:
        topic, told = str(turn.entity("topic")), str(turn.entity("months"))
        months = int(told) if told.isdigit() else turn.child_months
        articles = topic_articles(topic, months)
        if not articles:
            turn.say("utter_browse_empty")
            return []
        page = page_of(turn, articles, "utter_topic", topic=topic, months=told)
        buttons = page.buttons
        checkpoint = checkpoint_of(int(told)) if told.isdigit() else None
        if checkpoint and page.number == 0 and checkpoint not in articles:
            buttons = buttons + article_buttons([(checkpoint.slug, checkpoint.title)])
        said = reply(
            "utter_browse" if months is None else "utter_topic_for_age",
            first=page.first,
            last=page.last,
            count=page.count,
        )
        turn.write(said.text, [*buttons, *reply("utter_browse_topics").buttons])
        return []
