"""A message that says nothing answerable is asked back, whatever its intent looked like."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.vague import read_vague

ASKED = {"name": "ask_question", "confidence": 1.0}
# These mean something of their own: yes to an offer, a person, an exhausted parent.
KEPT = frozenset({"affirm", "want_person", "share_distress"})


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
            vague = read_vague(text)
            if vague is None or not vague.asks:
                continue
            current = (message.get(INTENT) or {}).get("name")
            # An age that is told is noted by tell_child, which then asks back by itself.
            is_noted = current == "tell_child" and vague.months is not None
            if current not in KEPT and not is_noted:
                message.set(INTENT, dict(ASKED), add_to_output=True)
        return messages
