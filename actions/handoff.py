"""A person is brought into the chat, or the assistant comes back."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.topics import ask_topic
from actions.turn import Turn, TurnAction
from bot.counselling.clocks import off_hours_words
from bot.counselling.models import Case
from bot.counselling.services import open_case, return_to_assistant
from bot.nlu.vague import read_vague


def call_person(turn: Turn, reason: str) -> list[EventType]:
    """Opens the case and tells its number."""
    known = reason if reason in Case.Reason.values else "asked"
    case, is_new = open_case(
        turn.conversation, reason=known, alert=turn.alert, raised_by=turn.inbound
    )
    later = off_hours_words(case) if is_new else ""
    if later:
        turn.say("utter_case_opened_off_hours", case_number=case.pk, when=later)
    else:
        turn.say("utter_case_opened" if is_new else "utter_case_already", case_number=case.pk)
    return [SlotSet("offered_reason", None), SlotSet("failures", 0.0)]


class ActionWantPerson(TurnAction):
    def name(self) -> str:
        return "action_want_person"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_want_person")
        return [SlotSet("offered_reason", "asked")]


class ActionOpenCase(TurnAction):
    def name(self) -> str:
        return "action_open_case"

    def answer(self, turn: Turn) -> list[EventType]:
        return call_person(
            turn, str(turn.entity("reason") or turn.slot("offered_reason") or "asked")
        )


class ActionDeclineHandoff(TurnAction):
    def name(self) -> str:
        return "action_decline_handoff"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_declined")
        return [SlotSet("offered_reason", None)]


class ActionBackToAssistant(TurnAction):
    def name(self) -> str:
        return "action_back_to_assistant"

    def answer(self, turn: Turn) -> list[EventType]:
        was_held = return_to_assistant(turn.conversation) is not None
        turn.say("utter_assistant_back" if was_held else "utter_assistant_here")
        return []


class ActionShareDistress(TurnAction):
    def name(self) -> str:
        return "action_share_distress"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_listen")
        turn.say("utter_offer_person", reason="caregiver_distress")
        return [SlotSet("offered_reason", "caregiver_distress")]


class ActionComplain(TurnAction):
    def name(self) -> str:
        return "action_complain"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_complain")
        return [SlotSet("offered_reason", "asked")]


class ActionAffirm(TurnAction):
    """Yes to what was offered last; otherwise a friendly word."""

    def name(self) -> str:
        return "action_affirm"

    def answer(self, turn: Turn) -> list[EventType]:
        if turn.slot("offered_reason"):
            return call_person(turn, str(turn.slot("offered_reason")))
        # "Giúp em với" sounds like a yes where nothing was offered.
        if read_vague(turn.text):
            ask_topic(turn, None)
        else:
            turn.say("utter_ok")
        return []


class ActionDeny(TurnAction):
    def name(self) -> str:
        return "action_deny"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_declined" if turn.slot("offered_reason") else "utter_deny")
        return [SlotSet("offered_reason", None)]
