"""First contact and consent. After agreeing no form is forced; a question asked before is answered
at once.
"""

from __future__ import annotations

from django.conf import settings
from rasa_sdk.events import EventType

from actions.articles import say_article
from actions.questions import answer_question
from actions.turn import Turn, TurnAction
from bot.families.models import Family
from bot.families.services import give_consent, notice_shown, set_wants_messages
from bot.messaging.links import linked_article
from bot.messaging.services import record_result


def organisation_facts() -> dict[str, object]:
    """Who runs this, where to reach them, how long messages are kept (days)."""
    mam = settings.MAM
    return {"organisation": mam.organisation, "contact": mam.contact, "days": mam.retention_days}


class ActionFirstContact(TurnAction):
    def name(self) -> str:
        return "action_first_contact"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        if family.consent in {Family.Consent.AGREED, Family.Consent.ASK_ONLY}:
            set_wants_messages(family, True)
            turn.say("utter_started")
            return []
        turn.say("utter_notice", **organisation_facts())
        notice_shown(family)
        return []


class ActionConsent(TurnAction):
    def name(self) -> str:
        return "action_consent"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        choice = "agreed" if turn.entity("choice") == "agreed" else "ask_only"
        give_consent(family, choice)
        turn.say("utter_agreed" if choice == "agreed" else "utter_ask_only")
        held = turn.conversation.inbound.filter(result__held=True).last()
        if held is not None and (slug := linked_article(held.text)):
            record_result(turn.inbound_id, answer={"slug": slug, "score": 1.0})
            return say_article(turn, slug, months=turn.child_months)
        if held is None or len(held.text.split()) < 3:
            return []
        return answer_question(turn, held.text, use_vector=False)
