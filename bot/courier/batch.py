"""Handles what one conversation has waiting, in order: danger first, then case, buttons, commands,
questions.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import structlog
from django.db import transaction
from django.utils import timezone

from bot.counselling.services import is_held, leave_to_holder
from bot.courier.commands import as_plain_text, intent_of_command
from bot.courier.danger import screen_and_answer, vector_of
from bot.courier.edits import apply_edits, is_last_word
from bot.courier.follow import answer_after_case, is_after_case, press_of
from bot.courier.fragments import fragment_of
from bot.courier.notices import fail, tell_flood, tell_outage
from bot.courier.outage import AWAY, WAIT_S, Outage
from bot.courier.rasa import RasaAnswer, RasaClient, RasaDown
from bot.courier.rasa_turn import intent_of, metadata_of, write_answer
from bot.courier.staff_chat import answer_staff
from bot.families.models import Family
from bot.families.services import erase_family, give_consent
from bot.messaging.links import linked_article
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import (
    finish,
    hold_back,
    queue_reply,
    record_result,
    resolve_button,
)
from bot.messaging.services.inbox import conversation_at
from bot.nlu.screen import Screen

# A turn without a word: its action server was away. So often it is asked again.
MAX_SILENT = 12
NOTHING_SAID = "nothing said"
TEXT = InboundMessage.Kind.TEXT

logger = structlog.get_logger(__name__)


class BatchHandler:
    """One for the whole courier; `handle` runs in a thread for each leased conversation."""

    def __init__(self, screen: Screen, rasa: RasaClient, outage: Outage) -> None:
        self.screen, self.rasa, self.outage = screen, rasa, outage

    def handle(self, conversation: Conversation) -> None:
        """Reads until nothing is waiting; a row that fails is held back and stops the rest of its
        chat.
        """
        while rows := list(_waiting(conversation)):
            if conversation.channel == Channel.STAFF:
                if not self._one_of_staff(conversation, rows[0]):
                    return
            elif not self._one_batch(conversation, rows):
                return

    def _one_batch(self, conversation: Conversation, rows: list[InboundMessage]) -> bool:
        try:
            rows = [row for row in rows if not screen_and_answer(self.screen, row)]
        except Exception as error:
            fail(conversation, rows[0], error)
            return rows[0].state != InboundMessage.State.NEW
        rows = apply_edits(rows)
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
        tell_flood(conversation, first)
        try:
            self._answer(conversation, batch)
        except RasaDown as error:
            self._outage(conversation, first, str(error))
            return False
        except Exception as error:
            fail(conversation, first, error)
            return first.state != InboundMessage.State.NEW
        return True

    def _one_of_staff(self, conversation: Conversation, row: InboundMessage) -> bool:
        if row.next_attempt_at > timezone.now():
            return False
        try:
            answer_staff(conversation, row)
        except Exception as error:
            fail(conversation, row, error, "utter_staff_failed")
            return row.state != InboundMessage.State.NEW
        return True

    def _answer(self, conversation: Conversation, batch: list[InboundMessage]) -> None:
        first = batch[0]
        held = is_held(conversation)
        intent = intent_of_command(first.text) if first.kind == TEXT else None
        if first.kind == TEXT and (slug := linked_article(first.text)):
            if held:
                finish(batch)
                return None
            return self._open_link(conversation, batch, slug)
        if first.kind == InboundMessage.Kind.BUTTON:
            button = resolve_button(conversation, first.detail.get("token", ""))
            if button is None:
                return self._say(conversation, batch, "utter_old_button")
            if press := press_of(button):
                return answer_after_case(conversation, first, press)
            return self._ask_rasa(conversation, batch, button.payload, None)
        if intent == "want_person" and (again := is_after_case(conversation)):
            return answer_after_case(conversation, first, again)
        if intent:
            return self._ask_rasa(conversation, batch, f"/{intent}", None)
        # The case may be closed in this very moment: then the assistant answers.
        if held and leave_to_holder(conversation, batch):
            return None
        if first.kind == InboundMessage.Kind.EDITED and not is_last_word(first):
            finish(batch)
            return None
        if not _is_plain(first):
            return self._say(conversation, batch, "utter_cannot_read")
        return self._ask_plain(conversation, batch)

    def _open_link(
        self, conversation: Conversation, batch: list[InboundMessage], slug: str
    ) -> None:
        """The article that somebody passed on; who is new hears first what Mầm is."""
        if _is_new(conversation, batch[0]):
            record_result(batch[0].pk, held=True)
            return self._ask_rasa(conversation, batch, "/first_contact", None)
        payload = json.dumps({"slug": slug})
        return self._ask_rasa(conversation, batch, f"/show_article{payload}", None)

    def _ask_plain(self, conversation: Conversation, batch: list[InboundMessage]) -> None:
        family = conversation.family
        first = batch[0]
        if _is_new(conversation, first):
            record_result(first.pk, held=True)
            return self._ask_rasa(conversation, batch, "/first_contact", None)
        if family is not None and family.consent == Family.Consent.ASKED:
            # Writing on without pressing a button: the choice that keeps least.
            give_consent(family, Family.Consent.ASK_ONLY)
        text = " ".join(as_plain_text(row.text) for row in batch)
        before = fragment_of(conversation, first)
        if before:
            text = f"{as_plain_text(before)} {text}"
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
        if answer is None or not answer.messages:
            # Written first: whoever goes on after a crash must look at Rasa's tracker before
            # asking again.
            InboundMessage.objects.filter(pk=first.pk).update(was_asked=True)
            answer = self.rasa.send(
                conversation.sender_id, text, metadata_of(conversation, batch, vector)
            )
        if not answer.messages and first.attempts < MAX_SILENT:
            raise RasaDown(NOTHING_SAID)
        with transaction.atomic():
            if any(
                (message.get("custom") or {}).get("erase_family") for message in answer.messages
            ):
                self._erase(conversation, answer)
            elif finish(batch):
                if answer.intent:
                    record_result(first.pk, intent=intent_of(answer.intent))
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
                write_answer(conversation, first, answer)

    def _erase(self, conversation: Conversation, answer: RasaAnswer) -> None:
        """Everything goes; the last sentence is said in a conversation that knows nothing."""
        channel, address = conversation.channel, conversation.address
        if conversation.family is not None:
            erase_family(conversation.family)
        fresh = conversation_at(channel, address)
        write_answer(fresh, None, answer)

    def _say(self, conversation: Conversation, batch: list[InboundMessage], name: str) -> None:
        with transaction.atomic():
            if finish(batch):
                said = reply(name)
                key = f"in:{batch[0].pk}:0"
                queue_reply(
                    conversation, said.text, dedupe_key=key, buttons=said.buttons, inbound=batch[0]
                )

    def _outage(self, conversation: Conversation, first: InboundMessage, error: str) -> None:
        """One honest notice an outage; the row is tried when Rasa is back."""
        is_silent = error == NOTHING_SAID
        hold_back(first, seconds=WAIT_S, error=AWAY + error, counts=is_silent)
        self.outage.begin(is_silent=is_silent)
        tell_outage(conversation, first)
        logger.warning("rasa_down", inbound=first.pk, attempts=first.attempts)


def _is_new(conversation: Conversation, first: InboundMessage) -> bool:
    """The notice was not heard yet: a turn that a crash cut off may have marked it as shown."""
    family = conversation.family
    was_cut_off = bool(first.result.get("held"))
    return family is not None and (family.consent == Family.Consent.UNKNOWN or was_cut_off)


def _waiting(conversation: Conversation) -> Any:
    conversation.refresh_from_db()
    return InboundMessage.objects.filter(
        conversation=conversation, state=InboundMessage.State.NEW
    ).order_by("pk")


def _is_plain(row: InboundMessage) -> bool:
    """Words to be read, also those below a picture; no button and no command."""
    if row.kind == InboundMessage.Kind.BUTTON or not row.text.strip():
        return False
    return row.kind != TEXT or intent_of_command(row.text) is None
