"""One turn of a conversation as an action sees it: what was said, what came with it, and a voice."""  # noqa: E501

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.messaging.models import Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.nlu.encoder import unpack
from bot.programme.pictures import Picture


@dataclass
class Turn:
    """Reads the tracker, speaks through the dispatcher. Nothing is written here."""

    dispatcher: CollectingDispatcher
    tracker: Tracker

    @cached_property
    def metadata(self) -> dict[str, Any]:
        return dict(self.tracker.latest_message.get("metadata") or {})

    @property
    def text(self) -> str:
        return str(self.tracker.latest_message.get("text") or "")

    @property
    def inbound_id(self) -> int:
        return int(self.metadata["inbound_id"])

    @cached_property
    def conversation(self) -> Conversation:
        return Conversation.objects.select_related("family").get(sender_id=self.tracker.sender_id)

    @cached_property
    def inbound(self) -> InboundMessage | None:
        return InboundMessage.objects.filter(pk=self.inbound_id).first()

    @property
    def vector(self) -> np.ndarray | None:
        packed = self.metadata.get("vector")
        return unpack(packed) if packed else None

    @property
    def alert(self) -> dict[str, Any] | None:
        return self.metadata.get("alert")

    @property
    def child_months(self) -> int | None:
        return self.metadata.get("child_months")

    @property
    def corrected_months(self) -> int | None:
        """Completed months since the only child was due."""
        return self.metadata.get("corrected_months", self.child_months)

    def entity(self, name: str) -> Any:
        """The first value of an entity, also of a button's payload."""
        return next(
            (
                e["value"]
                for e in self.tracker.latest_message.get("entities", [])
                if e["entity"] == name
            ),
            None,
        )

    def slot(self, name: str) -> Any:
        return self.tracker.get_slot(name)

    def say(self, name: str, /, **values: Any) -> None:
        """A response of domain.yml, one of its wordings."""
        said = reply(name, variant=self.inbound_id, **values)
        self.write(said.text, said.buttons)

    def write(self, text: str, buttons: Sequence[tuple[str, str]] = ()) -> None:
        """A text of the library."""
        self.dispatcher.utter_message(
            text=text,
            buttons=[{"title": title, "payload": payload} for title, payload in buttons] or None,
        )

    def show(self, picture: Picture) -> None:
        """A drawing of the library, with its title below it."""
        self.dispatcher.utter_message(
            text=picture.title, json_message={"attachment": picture.as_attachment()}
        )


def article_buttons(articles: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A button for each (slug, title)."""
    return [
        button
        for slug, title in articles
        for button in reply("utter_article_button", title=title, slug=slug).buttons
    ]


class TurnAction(Action, ABC):
    """An action whose `answer` may use the database: it runs in a thread, outside rasa-sdk's event
    loop.
    """

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        return await sync_to_async(self._answered, thread_sensitive=False)(
            Turn(dispatcher, tracker)
        )

    def _answered(self, turn: Turn) -> list[EventType]:
        from django.db import close_old_connections

        try:
            return self.answer(turn)
        finally:
            close_old_connections()

    @abstractmethod
    def answer(self, turn: Turn) -> list[EventType]:
        """Speaks and returns events."""
