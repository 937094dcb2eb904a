"""A message that says nothing answerable is asked back, and one that leans on what was said before
is a question, whatever its intent looked like.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.followups import read_followup
from bot.nlu.vague import read_vague

ASKED = {"name": "ask_question", "confidence": 1.0}
# These mean something of their own: yes to an offer, a person, an exhausted parent.
KEPT = frozenset({"affirm", "want_person", "share_distress"})
# What a follow-up may be taken for: "thế còn 2 tuổi thì sao" tells an age, "sao lại thế" chats.
MISTAKEN = frozenset(
    {"nlu_fallback", "tell_child", "small_talk", "out_of_scope", "complain", "help", "ask_identity"}
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VagueMessages(GraphComponent):
    """Stands before the danger screen, which has the last word."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VagueMessages:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            current = (message.get(INTENT) or {}).get("name")
            if _is_asked(text, current):
                message.set(INTENT, dict(ASKED), add_to_output=True)
        return messages


def _is_asked(text: str, current: str | None) -> bool:
    followup = read_followup(text)
    if followup is not None and followup.is_sure and current in MISTAKEN:
        return True
    vague = read_vague(text)
    # An age that is told is noted by tell_child, which then asks back by itself.
    is_noted = vague is not None and current == "tell_child" and vague.months is not None
    return vague is not None and vague.asks and current not in KEPT and not is_noted
