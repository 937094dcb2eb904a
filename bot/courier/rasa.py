"""Speaks to the Rasa server: one message in, the bot's messages out; and what its tracker already
handled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

TIMEOUT = httpx.Timeout(25.0, connect=2.0)


class RasaDown(Exception):
    """Rasa does not answer: it is starting, training or gone."""


class RasaFailed(Exception):
    """Rasa answered, but with an error."""


@dataclass(frozen=True)
class RasaAnswer:
    """`messages`: text, buttons [{title, payload}], custom; `intent`: name and confidence, or None."""  # noqa: E501

    messages: list[dict[str, Any]] = field(default_factory=list)
    intent: dict[str, Any] | None = None


class RasaClient:
    """One for the whole courier; thread-safe as httpx's client is."""

    def __init__(self, url: str, token: str) -> None:
        self._token = token
        self._client = httpx.Client(base_url=url, timeout=TIMEOUT)

    def send(self, sender_id: str, text: str, metadata: dict[str, Any]) -> RasaAnswer:
        """Hands a message over. Raises RasaDown or RasaFailed."""
        body = {"sender": sender_id, "message": text, "metadata": metadata}
        data = self._post("/webhooks/mam/webhook", body)
        return RasaAnswer(data.get("messages", []), data.get("intent"))

    def handled(self, sender_id: str, inbound_id: int) -> RasaAnswer | None:
        """What the tracker says of an earlier try of this message; None: it was never handled to
        its end.
        """
        try:
            answer = self._client.get(
                f"/conversations/{sender_id}/tracker", params={"token": self._token}
            )
        except httpx.HTTPError as error:
            raise RasaDown(type(error).__name__) from error
        if answer.status_code != httpx.codes.OK:
            raise RasaFailed(f"tracker {answer.status_code}")
        return _after(answer.json().get("events") or [], inbound_id)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._client.post(
                path, json=body, headers={"Authorization": f"Bearer {self._token}"}
            )
        except httpx.ReadTimeout as error:
            # It took the message and did not come back: the message's own fault, perhaps.
            raise RasaFailed("timeout") from error
        except httpx.HTTPError as error:
            raise RasaDown(type(error).__name__) from error
        if answer.status_code in {
            httpx.codes.BAD_GATEWAY,
            httpx.codes.SERVICE_UNAVAILABLE,
            httpx.codes.CONFLICT,
        }:
            raise RasaDown(f"status {answer.status_code}")
        if answer.status_code != httpx.codes.OK:
            raise RasaFailed(f"status {answer.status_code}")
        data: dict[str, Any] = answer.json()
        return data


def _after(events: list[dict[str, Any]], inbound_id: int) -> RasaAnswer | None:
    """The bot's events after the user event of this inbound row, when Rasa had come to listen
    again.
    """
    messages: list[dict[str, Any]] = []
    intent = None
    found = done = False
    for event in events:
        kind = event.get("event")
        if kind == "user":
            if found:
                break
            found = (event.get("metadata") or {}).get("inbound_id") == inbound_id
            intent = (event.get("parse_data") or {}).get("intent") if found else None
        elif found and kind == "bot":
            data = event.get("data") or {}
            messages.append(
                {
                    "text": event.get("text") or "",
                    "buttons": data.get("buttons") or [],
                    "custom": data.get("custom"),
                }
            )
        elif found and kind == "action" and event.get("name") == "action_listen":
            done = True
    return RasaAnswer(messages, intent) if found and done else None
