"""Handles what one conversation has waiting, in order: danger first, then case, buttons, commands,
questions.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import numpy as np
import structlog
from django.db import transaction
from django.utils import timezone

from bot.counselling.services import is_held, open_case_of
from bot.courier.commands import as_plain_text, intent_of_command
from bot.courier.danger import screen_and_answer, vector_of
from bot.courier.rasa import RasaAnswer, RasaClient, RasaDown, RasaFailed
from bot.families.models import Family
from bot.families.services import erase_family, give_consent
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import (
    finish,
    hold_back,
    queue_reply,
    record_result,
    resolve_button,
    set_aside,
)
from bot.messaging.services.inbox import conversation_at
from bot.nlu.encoder import pack
from bot.nlu.normalise import fold
from bot.nlu.screen import Screen

MAX_FAILURES = 5
RETRY_DOWN_S = 2.0
FRAGMENT_S = 2.0
FRAGMENT_WORDS = 6
FLOOD_MESSAGES, FLOOD_S = 12, 30
# A piece of the sentence before: it begins with a joining word, or is a bare number with its unit.
FRAGMENT = re.compile(
    r"^(?:va|voi|ma|nhung|con|thi|kem|cong|tu|hoi|khoang|luc|vi|do|sau|truoc|nua|nay|suot|ca)\b"
    r"|^\d+(?:[.,]\d+)?\s*(?:do|thang|tuoi|tuan|ngay|gio|kg|lan|th|t|m)?\b[\w\s]{0,12}$"
)
TEXT = InboundMessage.Kind.TEXT

logger = structlog.get_logger(__name__)


class BatchHandler:
    """One for the whole courier; `handle` runs in a thread for each leased conversation."""

    def __init__(self, screen: Screen, rasa: RasaClient) -> None:
        self.screen, self.rasa = screen, rasa

    def handle(self, conversation: Conversation) -> None:
        """Reads until nothing is waiting; a row that fails is held back and stops the rest of its
        chat.
        """
        while rows := list(_waiting(conversation)):
            if not self._one_batch(conversation, rows):
                return

    def _one_batch(self, conversation: Conversation, rows: list[InboundMessage]) -> bool:
        try:
            rows = [row for row in rows if not screen_and_answer(self.screen, row)]
        except Exception as error:
            self._failure(conversation, rows[0], error)
            return rows[0].state != InboundMessage.State.NEW
        if not rows:
            return True
        first = rows[0]
        if first.next_attempt_at > timezone.now():
            # What came later waits for its turn, so that the order is kept.
            later = [row.pk for row in rows[1:]]
            InboundMessage.objects.filter(pk__in=later).update(
                next_attempt_at=first.next_attempt_at
            )
            return False
        batch = [first]
        if _is_plain(first):
            for row in rows[1:]:
                if not _is_plain(row):
                    break
                batch.append(row)
        self._tell_flood(conversation, first)
        try:
            self._answer(conversation, batch)
        except RasaDown as error:
            self._outage(conversation, first, str(error))
            return False
        except Exception as error:
            self._failure(conversation, first, error)
            return first.state != InboundMessage.State.NEW
        return True

    def _answer(self, conversation: Conversation, batch: list[InboundMessage]) -> None:
        first = batch[0]
        held = is_held(conversation)
        intent = intent_of_command(first.text) if first.kind == TEXT else None
        if first.kind == InboundMessage.Kind.BUTTON:
            button = resolve_button(conversation, first.detail.get("token", ""))
            if button is None:
                return self._say(conversation, batch, "utter_old_button")
            return self._ask_rasa(conversation, batch, button.payload, None)
        if intent:
            return self._ask_rasa(conversation, batch, f"/{intent}", None)
        if first.kind == InboundMessage.Kind.EDITED:
            # An edited text was screened; it is answered again only when it is the last word of
            # the parent.
            finish(batch)
            return None
        if held:
            finish(batch)
            return None
        if first.kind != TEXT:
            return self._say(conversation, batch, "utter_cannot_read")
        return self._ask_plain(conversation, batch)

    def _ask_plain(self, conversation: Conversation, batch: list[InboundMessage]) -> None:
        family = conversation.family
        first = batch[0]
        if family is not None and family.consent == Family.Consent.UNKNOWN:
            record_result(first.pk, held=True)
            return self._ask_rasa(conversation, batch, "/first_contact", None)
        if family is not None and family.consent == Family.Consent.ASKED:
            # Writing on without pressing a button: the choice that keeps least.
            give_consent(family, Family.Consent.ASK_ONLY)
        text = " ".join(as_plain_text(row.text) for row in batch)
        fragment_of = _fragment_of(conversation, batch)
        if fragment_of:
            text = f"{as_plain_text(fragment_of)} {text}"
        return self._ask_rasa(conversation, batch, text, vector_of(text))

    def _ask_rasa(
        self,
        conversation: Conversation,
        batch: list[InboundMessage],
        text: str,
        vector: np.ndarray | None,
    ) -> None:
        first = batch[0]
        answer = self.rasa.handled(conversation.sender_id, first.pk) if first.was_asked else None
        if answer is None:
            # Written first: whoever goes on after a crash must look at Rasa's tracker before
            # asking again.
            InboundMessage.objects.filter(pk=first.pk).update(was_asked=True)
            answer = self.rasa.send(
                conversation.sender_id, text, _metadata(conversation, batch, vector)
            )
        with transaction.atomic():
            if any(
                (message.get("custom") or {}).get("erase_family") for message in answer.messages
            ):
                self._erase(conversation, answer)
            elif finish(batch):
                if answer.intent:
                    record_result(first.pk, intent=_intent(answer.intent))
                if not answer.messages:
                    said = reply("utter_set_aside")
                    answer = RasaAnswer(
                        [
                            {
                                "text": said.text,
                                "buttons": [{"title": t, "payload": p} for t, p in said.buttons],
                            }
                        ]
                    )
                    logger.error("rasa_said_nothing", inbound=first.pk)
                _write(conversation, first, answer)

    def _erase(self, conversation: Conversation, answer: RasaAnswer) -> None:
        """Everything goes; the last sentence is said in a conversation that knows nothing."""
        channel, address = conversation.channel, conversation.address
        if conversation.family is not None:
            erase_family(conversation.family)
        fresh = conversation_at(channel, address)
        _write(fresh, None, answer)

    def _say(self, conversation: Conversation, batch: list[InboundMessage], name: str) -> None:
        with transaction.atomic():
            if finish(batch):
                said = reply(name)
                key = f"in:{batch[0].pk}:0"
                queue_reply(
                    conversation, said.text, dedupe_key=key, buttons=said.buttons, inbound=batch[0]
                )

    def _tell_flood(self, conversation: Conversation, first: InboundMessage) -> None:
        now = timezone.now()
        recent = conversation.inbound.filter(
            received_at__gt=now - timedelta(seconds=FLOOD_S)
        ).count()
        told = conversation.flood_told_at
        if (
            conversation.channel == Channel.TERMINAL
            or recent <= FLOOD_MESSAGES
            or (told and now - told < timedelta(seconds=4 * FLOOD_S))
            or is_held(conversation)
        ):
            return
        with transaction.atomic():
            Conversation.objects.filter(pk=conversation.pk).update(flood_told_at=now)
            queue_reply(
                conversation,
                reply("utter_slow_down").text,
                dedupe_key=f"flood:{first.pk}",
                inbound=first,
            )
        conversation.flood_told_at = now

    def _outage(self, conversation: Conversation, first: InboundMessage, error: str) -> None:
        """One honest notice an outage; the row is tried until Rasa is back."""
        hold_back(first, seconds=RETRY_DOWN_S, error=error)
        last = conversation.outage_told_at
        if last is None or (
            conversation.last_reply_at is not None and last < conversation.last_reply_at
        ):
            now = timezone.now()
            with transaction.atomic():
                Conversation.objects.filter(pk=conversation.pk).update(outage_told_at=now)
                said = reply("utter_outage")
                queue_reply(conversation, said.text, dedupe_key=f"outage:{first.pk}", inbound=None)
            conversation.outage_told_at = now
        logger.warning("rasa_down", inbound=first.pk, attempts=first.attempts)

    def _failure(self, conversation: Conversation, first: InboundMessage, error: Exception) -> None:
        name = type(error).__name__ if not isinstance(error, RasaFailed) else str(error)
        logger.error(
            "message_failed", inbound=first.pk, attempts=first.attempts + 1, exc_info=error
        )
        if first.attempts + 1 >= MAX_FAILURES:
            with transaction.atomic():
                set_aside(first, error=name)
                said = reply("utter_set_aside")
                queue_reply(
                    conversation,
                    said.text,
                    dedupe_key=f"aside:{first.pk}",
                    buttons=said.buttons,
                    inbound=first,
                )
            first.state = InboundMessage.State.SET_ASIDE
            return
        hold_back(first, seconds=2.0**first.attempts, error=name)


def _waiting(conversation: Conversation) -> Any:
    conversation.refresh_from_db()
    return InboundMessage.objects.filter(
        conversation=conversation, state=InboundMessage.State.NEW
    ).order_by("pk")


def _is_plain(row: InboundMessage) -> bool:
    return row.kind == TEXT and intent_of_command(row.text) is None


def _metadata(
    conversation: Conversation, batch: list[InboundMessage], vector: np.ndarray | None
) -> dict[str, Any]:
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
        "children": [{"id": c.pk, "name": c.nickname, "months": c.age_months()} for c in children],
        "pregnant": bool(family and family.is_pregnant),
        "consent": family.consent if family else None,
        "case_state": case.state if case else None,
    }


def _fragment_of(conversation: Conversation, batch: list[InboundMessage]) -> str | None:
    """The text before, when this is a short piece of it that came within two seconds of the reply."""  # noqa: E501
    first = batch[0]
    last_reply = conversation.last_reply_at
    words = first.text.split()
    if (
        last_reply is None
        or len(words) > FRAGMENT_WORDS
        or not FRAGMENT.match(fold(first.text.strip()))
    ):
        return None
    if not timedelta(0) <= first.received_at - last_reply <= timedelta(seconds=FRAGMENT_S):
        return None
    before = conversation.inbound.filter(pk__lt=first.pk).order_by("-pk").first()
    if before is None or before.kind != TEXT or intent_of_command(before.text):
        return None
    return before.text


def _intent(intent: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0), 4),
    }


def _write(conversation: Conversation, first: InboundMessage | None, answer: RasaAnswer) -> None:
    for number, message in enumerate(answer.messages):
        custom = message.get("custom") or {}
        text = message.get("text") or ""
        if not text and not custom.get("attachment"):
            continue
        key = f"in:{first.pk}:{number}" if first else f"erased:{conversation.pk}:{number}"
        buttons = [(button["title"], button["payload"]) for button in message.get("buttons") or []]
        queue_reply(
            conversation,
            text,
            dedupe_key=key,
            buttons=buttons,
            inbound=first,
            attachment=custom.get("attachment"),
        )
