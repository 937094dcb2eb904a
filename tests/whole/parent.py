"""A parent on Telegram: writes, presses, and hears what Mầm sends."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api import BotApiServer

_numbers = itertools.count(7001)


@dataclass
class Parent:
    """One private chat. `hears` looks only at what came after the parent's last word."""

    server: BotApiServer
    chat: int = field(default_factory=lambda: next(_numbers))
    heard_before: int = 0

    def says(self, text: str) -> None:
        self.heard_before = len(self.messages())
        self.server.says(self.chat, text)

    def presses(self, title: str) -> None:
        """The newest button of that title. Raises AssertionError when none was ever shown."""
        token = next((token for shown, token in reversed(self.buttons()) if title in shown), None)
        assert token, f"no button {title!r} among {[shown for shown, _ in self.buttons()]}"
        self.heard_before = len(self.messages())
        self.server.presses(self.chat, token)

    def hears(self, part: str, seconds: float = 20) -> str:
        """The first new message that holds `part`. Raises AssertionError when it does not come."""
        try:
            return str(
                self.server.wait_for(
                    lambda: next((t for t in self.new_texts() if part in t), None), seconds
                )
            )
        except AssertionError:
            raise AssertionError(f"{part!r} is not in {self.new_texts()}") from None

    def new_texts(self) -> list[str]:
        return [text_of(message) for message in self.messages()[self.heard_before :]]

    def messages(self) -> list[dict[str, Any]]:
        return self.server.sent_to(self.chat)

    def buttons(self) -> list[tuple[str, str]]:
        """(title, token) of every button shown so far."""
        found = []
        for message in self.messages():
            markup = json.loads(message.get("reply_markup") or "{}")
            for row in markup.get("inline_keyboard", []):
                found += [(button["text"], button["callback_data"]) for button in row]
        return found

    def agrees(self) -> None:
        """The first contact, up to consent."""
        self.says("/start")
        self.hears("trợ lý tự động")
        self.presses("Đồng ý")
        self.hears("cứ hỏi")


def text_of(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")
