"""What Mầm cannot do, said with what it can; the nearest article is there for one press."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.turn import Turn, article_buttons
from bot.messaging.replies import reply
from bot.nlu.refusals import Refusal
from bot.programme.search import SearchResult

ASKS_PERSON = "/confirm_handoff"


def refuse(turn: Turn, refusal: Refusal, result: SearchResult) -> list[EventType]:
    """Says the refusal of that kind."""
    said = reply(f"utter_refuse_{refusal.kind}", variant=turn.inbound_id)
    near = result.hits[:1] if result.decision != "nothing" else []
    turn.write(said.text, [*article_buttons((hit.slug, hit.title) for hit in near), *said.buttons])
    if any(payload.startswith(ASKS_PERSON) for _, payload in said.buttons):
        return [SlotSet("offered_reason", "asked")]
    return []
