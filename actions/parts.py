"""A message that asks of several things: each is answered, the first in full, the others shorter."""  # noqa: E501

from __future__ import annotations

import numpy as np
from rasa_sdk.events import EventType

from actions.articles import reading_for, say_article
from actions.turn import Turn, article_buttons
from bot.messaging.replies import reply
from bot.messaging.services import record_result
from bot.nlu.compound import name_of
from bot.nlu.refusals import find_refusal
from bot.programme.parts import Asked, search_parts


def answer_parts(turn: Turn, text: str, vector: np.ndarray | None) -> list[EventType] | None:
    """Says what answers each thing that was asked; None when it is one thing, or part of it is
    refused. `vector` is that of the text.
    """
    things = search_parts(
        text,
        vector=vector,
        child_months=turn.child_months,
        pregnant=turn.metadata.get("pregnant", False),
    )
    if not things or find_refusal(text):
        return None
    first, *others = things
    record_result(
        turn.inbound_id,
        articles=_ranked(things),
        answer={"slug": first.best.slug, "score": round(first.best.score, 3)},
        answers=[asked.best.slug for asked in things],
    )
    turn.say("utter_part", part=name_of(first.text))

    def say_others() -> None:
        for asked in others:
            _say_shorter(turn, asked)

    return say_article(
        turn,
        first.best.slug,
        months=first.months,
        age_lifted=first.result.age_lifted,
        say_more=say_others,
    )


def _say_shorter(turn: Turn, asked: Asked) -> None:
    reading = reading_for(turn, asked.best.slug, asked.months)
    if reading is None:
        return
    turn.say("utter_part", part=name_of(asked.text))
    said = reply("utter_part_shorter", title=reading.title, text=reading.first[0])
    turn.write(said.text, article_buttons([(reading.slug, reading.title)]))


def _ranked(things: list[Asked]) -> list[dict[str, object]]:
    """What was found for all, the best of each first."""
    best = [asked.best for asked in things]
    slugs = {hit.slug for hit in best}
    rest = [hit for asked in things for hit in asked.result.hits if hit.slug not in slugs]
    rest = list({hit.slug: hit for hit in rest}.values())
    return [hit.as_dict() for hit in (*best, *sorted(rest, key=lambda hit: -hit.score))][:10]
