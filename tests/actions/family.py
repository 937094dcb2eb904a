"""A family that talks to the actions as Rasa would let it: rows of the inbox, trackers, answers."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn, TurnAction
from bot.families.models import Family
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.services import receive


class TalkingFamily:
    """Slots live on from turn to turn; `heard` holds the messages of the last turn."""

    def __init__(self, consent: str = Family.Consent.AGREED) -> None:
        self.slots: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.rows = 0
        Family.objects.filter(pk=self._row("chào").conversation.family_id).update(consent=consent)

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.get(channel=Channel.WEBCHAT, address="phone")

    def says(self, action: TurnAction, text: str, **metadata: Any) -> None:
        self._turn(action, self._row(text), text, [], metadata)

    def presses(self, action: TurnAction, **entities: str) -> None:
        row = self._row(f"/{action.name()}", InboundMessage.Kind.BUTTON)
        found = [{"entity": name, "value": value} for name, value in entities.items()]
        self._turn(action, row, row.text, found, {})

    def opens(self, link: str) -> InboundMessage:
        return self._row(link)

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.heard]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        return [
            (button["title"], button["payload"])
            for message in self.heard
            for button in message["buttons"] or []
        ]

    def _row(self, text: str, kind: str = InboundMessage.Kind.TEXT) -> InboundMessage:
        self.rows += 1
        row = receive(Channel.WEBCHAT, "phone", external_id=f"m{self.rows}", kind=kind, text=text)
        assert row is not None
        return row

    def _turn(
        self,
        action: TurnAction,
        row: InboundMessage,
        text: str,
        entities: list[dict[str, str]],
        metadata: dict[str, Any],
    ) -> None:
        message = {
            "text": text,
            "entities": entities,
            "metadata": {"inbound_id": row.pk, **metadata},
        }
        sender = str(row.conversation.sender_id)
        tracker = Tracker(sender, self.slots, message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in action.answer(Turn(dispatcher, tracker)):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        self.heard = dispatcher.messages
