"""What a parent types is text, never a command to Rasa: our commands become intents, any other
slash goes.
"""

from __future__ import annotations

import re

INTENT_OF = {
    "start": "start",
    "menu": "menu",
    "be": "tell_child",
    "tuvanvien": "want_person",
    "trolyao": "back_to_assistant",
    "dulieu": "get_my_data",
    "xoa": "erase_my_data",
    "dung": "stop_messages",
    "quyenriengtu": "ask_privacy",
    "help": "help",
    "huy": "cancel",
}
COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s|$)", re.IGNORECASE)


def intent_of_command(text: str) -> str | None:
    """The intent of one of our commands, None for any other text."""
    match = COMMAND.match(text.strip())
    return INTENT_OF.get(match[1].lower()) if match else None


def words_after_command(text: str) -> str:
    """What stands after one of our commands ("/start con tôi …"); else the whole text."""
    match = COMMAND.match(text.strip())
    return text.strip()[match.end() :] if match and intent_of_command(text) else text


def as_plain_text(text: str) -> str:
    """The text without leading slashes, on one line (a line break would not stop Rasa, a slash
    would steer it).
    """
    return " ".join(text.split()).lstrip("/ ") or "…"
