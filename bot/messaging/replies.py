"""Rasa's own sentences (`responses:` of domain.yml), for the actions and for what speaks without
Rasa.

`{key}` is replaced in texts, titles and payloads alike; Rasa's own filling stumbles over a payload's braces.
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.programme.hotlines import fill_hotlines

DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"


@dataclass(frozen=True)
class Reply:
    """A sentence with its buttons: (title, payload)."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()


def reply(name: str, /, *, variant: int = 0, **values: Any) -> Reply:
    """The response with its values filled in; any number chooses among its wordings, the same
    number the same one. Raises KeyError when domain.yml has none of that name.
    """
    entries = _responses()[name]
    entry = entries[variant % len(entries)]

    def fill(text: str) -> str:
        for key, value in values.items():
            text = text.replace("{" + key + "}", str(value))
        return text

    buttons = tuple(
        (fill(button["title"]), fill(button["payload"])) for button in entry.get("buttons", ())
    )
    return Reply(fill(fill_hotlines(entry["text"])).strip(), buttons)


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[dict[str, Any]]]:
    responses: dict[str, list[dict[str, Any]]] = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))[
        "responses"
    ]
    return responses
