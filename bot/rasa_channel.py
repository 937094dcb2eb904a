"""Rasa's side of the way to the courier: an input channel that checks the inner token and keeps
texts whole.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.nlu.components.parsed import parsed


class MamOutput(CollectingOutputChannel):
    """Collects messages; unlike Rasa's own it does not cut a text at blank lines."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        await self._persist_message(self._message(recipient_id, text=text))


class MamInput(RestInput):
    """`POST /webhooks/mam/webhook`; the form of its JSON is in docs/architecture.md."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def name(cls) -> str:
        return "mam"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        return cls((credentials or {})["token"])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("mam_webhook", __name__)

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(request.token or "", self._token):
                return response.json({"error": "token"}, status=401)
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model yet"}, status=503)
            text: str = request.json["message"]
            output = MamOutput()
            holder: dict[str, Any] = {}
            parsed.set(holder)
            await on_new_message(
                UserMessage(
                    text,
                    output,
                    request.json["sender"],
                    input_channel=self.name(),
                    metadata=request.json.get("metadata"),
                )
            )
            if text.startswith("/"):
                holder["intent"] = {"name": text[1:].partition("{")[0], "confidence": 1.0}
            return response.json({"messages": output.messages, "intent": holder.get("intent")})

        return webhook
