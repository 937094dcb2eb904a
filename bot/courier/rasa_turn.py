"""What goes to Rasa with a message, and what comes back into the outbox."""

from __future__ import annotations

from typing import Any

import numpy as np

from bot.counselling.services import open_case_of
from bot.courier.rasa import RasaAnswer
from bot.messaging.models import Conversation, InboundMessage
from bot.messaging.services import queue_reply
from bot.nlu.encoder import pack


def metadata_of(
    conversation: Conversation, batch: list[InboundMessage], vector: np.ndarray | None
) -> dict[str, Any]:
    """What the actions need to know of the family; the vector as base64 of float16."""
    family = conversation.family
    case = open_case_of(conversation)
    children = list(family.children.all()) if family else []
    alerts = [row.alert for row in batch if row.alert]
    return {
        "inbound_id": batch[0].pk,
        "conversation_id": conversation.pk,
        "vector": pack(vector) if vector is not None else None,
        "alert": alerts[-1] if alerts else None,
        "child_months": children[0].age_months() if len(children) == 1 else None,
        "corrected_months": children[0].corrected_age_months() if len(children) == 1 else None,
        "children": [{"id": c.pk, "name": c.nickname, "months": c.age_months()} for c in children],
        "pregnant": bool(family and family.is_pregnant),
        "consent": family.consent if family else None,
        "case_state": case.state if case else None,
    }


def intent_of(intent: dict[str, Any]) -> dict[str, Any]:
    """Name and confidence alone."""
    return {
        "name": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0), 4),
    }


def write_answer(
    conversation: Conversation, first: InboundMessage | None, answer: RasaAnswer
) -> None:
    """The bot's messages as outbox rows, in their order."""
    for number, message in enumerate(_with_attachments(answer.messages)):
        text = message.get("text") or ""
        if not text and not message.get("attachment"):
            continue
        key = f"in:{first.pk}:{number}" if first else f"erased:{conversation.pk}:{number}"
        buttons = [(button["title"], button["payload"]) for button in message.get("buttons") or []]
        queue_reply(
            conversation,
            text,
            dedupe_key=key,
            buttons=buttons,
            inbound=first,
            attachment=message.get("attachment"),
        )


def _with_attachments(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rasa sends an utterance's file after its text, by itself: they are put together again."""
    joined: list[dict[str, Any]] = []
    for message in messages:
        attachment = (message.get("custom") or {}).get("attachment")
        if attachment and not message.get("text") and joined and not joined[-1].get("attachment"):
            joined[-1] = {**joined[-1], "attachment": attachment}
        else:
            joined.append({**message, "attachment": attachment})
    return joined
