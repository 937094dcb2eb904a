"""A family's own data: what is kept, getting it, erasing it, messages that Mầm starts."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.conf import settings
from rasa_sdk.events import EventType, SlotSet

from actions.turn import Turn, TurnAction
from actions.welcome import organisation_facts
from bot.families.services import export_family, set_wants_messages
from bot.messaging.replies import reply


class ActionPrivacy(TurnAction):
    def name(self) -> str:
        return "action_privacy"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_privacy", **organisation_facts())
        return []


class ActionGetData(TurnAction):
    """The file waits in the data folder until the sender has it."""

    def name(self) -> str:
        return "action_get_data"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        folder = Path(settings.MAM.data_dir) / "exports"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{turn.inbound_id}-{secrets.token_hex(8)}.json"
        data = json.dumps(export_family(family), ensure_ascii=False, indent=2, default=str)
        path.write_text(data, encoding="utf-8")
        attachment = {
            "name": "du-lieu-mam.json",
            "media_type": "application/json",
            "path": f"exports/{path.name}",
        }
        said = reply("utter_data_file")
        turn.dispatcher.utter_message(text=said.text, json_message={"attachment": attachment})
        return []


class ActionAskErase(TurnAction):
    def name(self) -> str:
        return "action_ask_erase"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_ask_erase")
        return [SlotSet("erase_asked", True)]


class ActionErase(TurnAction):
    """The courier erases, once this turn is over: it holds the conversation's lease."""

    def name(self) -> str:
        return "action_erase"

    def answer(self, turn: Turn) -> list[EventType]:
        if not turn.slot("erase_asked"):
            turn.say("utter_ask_erase")
            return [SlotSet("erase_asked", True)]
        turn.dispatcher.utter_message(
            text=reply("utter_erased").text, json_message={"erase_family": True}
        )
        return [SlotSet("erase_asked", False)]


class ActionKeepData(TurnAction):
    def name(self) -> str:
        return "action_keep_data"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_data_kept")
        return [SlotSet("erase_asked", False)]


class ActionStopMessages(TurnAction):
    def name(self) -> str:
        return "action_stop_messages"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        set_wants_messages(family, False)
        turn.say("utter_stopped")
        return []


class ActionStartMessages(TurnAction):
    def name(self) -> str:
        return "action_start_messages"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        set_wants_messages(family, True)
        turn.say("utter_started")
        return []
