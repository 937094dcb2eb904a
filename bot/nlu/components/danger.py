"""The danger screen in Rasa's pipeline: what the courier found decides which intent a message has.

A message that comes with no verdict (Rasa used without the courier) is judged here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.parsed import parsed
from bot.nlu.encoder import unpack
from bot.nlu.screen import Screen
from bot.nlu.screen.alert import URGENT

INTENT_OF = {
    "wants_human": "want_person",
    "caregiver_distress": "share_distress",
    "see_doctor_soon": "ask_question",
    "developmental_concern": "ask_question",
}
# These keep their own meaning beside a soft sign: "tạm biệt, em mệt quá".
KEPT = {"erase_my_data", "get_my_data", "stop_messages", "ask_privacy", "complain"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DangerScreen(GraphComponent):
    """Sets `alert` on the message, and the intent that follows from it."""

    def __init__(self) -> None:
        self._screen: Screen | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerScreen:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if not text or text.startswith("/"):
                continue
            alert = self._alert(text, message.get("metadata") or {})
            message.set("alert", alert, add_to_output=True)
            current = (message.get(INTENT) or {}).get("name")
            if alert is not None and current not in KEPT:
                name = "report_danger" if alert["label"] in URGENT else INTENT_OF[alert["label"]]
                message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
            holder = parsed.get()
            if holder is not None:
                holder["intent"] = message.get(INTENT)
        return messages

    def _alert(self, text: str, metadata: dict[str, Any]) -> dict[str, Any] | None:
        if "alert" in metadata:
            given: dict[str, Any] | None = metadata["alert"]
            return given
        if self._screen is None:
            self._screen = Screen.load(Path("models"))
        vector = unpack(metadata["vector"]) if metadata.get("vector") else None
        found = self._screen.judge(text, child_months=metadata.get("child_months"), vector=vector)
        return found.as_dict() if found else None
