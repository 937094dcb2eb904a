"""After an alarm: the answer to our question, a correction, worry, thanks get a short line here,
without Rasa. The case stays open: a person decides.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bot.counselling.models import Case
from bot.counselling.services import forward_to_holder, held_case, open_case_of
from bot.courier.alarm import CONFIRM, SAFETY
from bot.courier.commands import intent_of_command
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import (
    add_to_alert,
    finish,
    queue_reply,
    record_result,
    resolve_button,
)
from bot.nlu.screen.alert import PRIVATE
from bot.nlu.screen.turns import TAKEN_BACK, agrees, corrects, is_safe_to_write, role_of

ALARM_STANDS = timedelta(hours=1)
PRESSED = re.compile(r"^/danger_answer(\{.*\})$")
# What is said to an answer; to a yes the line of the danger itself.
TO_ANSWER = {
    "no": "utter_danger_denied",
    "asking": "utter_danger_asked_only",
    "safe": "utter_safe_here",
    "unsafe": "utter_not_safe",
}
# What is said in a medical emergency; in the others the line of the danger itself.
TO_ROLE = {
    "called": "utter_still_called",
    "waiting": "utter_still_waiting",
    "what_now": "utter_still_what_now",
    "worry": "utter_still_worry",
}
# These mean the alarm even when something else was spoken of in between.
OF_THE_ALARM = {"called", "waiting", TAKEN_BACK}


def answer_after_alarm(row: InboundMessage) -> bool:
    """Answers a row that belongs to an alarm within the hour. True: it needs nothing more."""
    if row.kind == InboundMessage.Kind.BUTTON:
        return _answer_pressed(row)
    if not row.text.strip() or intent_of_command(row.text):
        return False
    alarm = _alarm_before(row)
    case = open_case_of(row.conversation)
    if alarm is None or case is None:
        return False
    if answer := _typed_answer(alarm, row.text):
        return _answer(row, alarm, answer)
    role = role_of(row.text)
    if role is None and corrects(row.text):
        role = TAKEN_BACK
    if role is None or not (role in OF_THE_ALARM or _is_about_the_alarm(row)):
        return False
    return _say(row, _line(alarm, role), case, role, alarm)


def answers_us(row: InboundMessage) -> bool:
    """Whether a typed message answers the question that an alarm before it left open."""
    alarm = _alarm_before(row)
    return alarm is not None and _typed_answer(alarm, row.text) is not None


def note_answer(row: InboundMessage) -> None:
    """Keeps the answer of a message that is an alarm of its own: "có, mắt lờ đờ"."""
    alarm = _alarm_before(row)
    if alarm is not None and (answer := _typed_answer(alarm, row.text)):
        _keep(alarm, answer)


def last_words_of_ours(row: InboundMessage) -> str | None:
    """What the assistant said last before a message."""
    last = _last_of_ours(row)
    return last.text if last else None


def _answer_pressed(row: InboundMessage) -> bool:
    button = resolve_button(row.conversation, row.detail.get("token", ""))
    match = PRESSED.match(button.payload) if button else None
    if match is None:
        return False
    given = json.loads(match[1])
    alarm = InboundMessage.objects.filter(
        conversation=row.conversation, pk=int(given["about"]), alert__urgent=True
    ).first()
    # Without its alarm (erased after its days) it is an old button; `BatchHandler` says so.
    return alarm is not None and _answer(row, alarm, given["answer"])


@transaction.atomic
def _answer(row: InboundMessage, alarm: InboundMessage, answer: str) -> bool:
    """Keeps the answer and says a line to it."""
    assert alarm.alert is not None  # noqa: S101
    _keep(alarm, answer)
    name = TO_ANSWER.get(answer, f"utter_still_{alarm.alert['label']}")
    return _say(row, name, open_case_of(row.conversation), answer, alarm)


def _keep(alarm: InboundMessage, answer: str) -> None:
    """On the alarm itself, for the console; the last answer counts."""
    add_to_alert(alarm, answer=answer)


@transaction.atomic
def _say(
    row: InboundMessage, name: str, case: Case | None, role: str, alarm: InboundMessage
) -> bool:
    if finish([row]):
        is_private = (alarm.alert or {}).get("label") in PRIVATE
        record_result(row.pk, after_alarm=role, private=is_private)
        if (held := held_case(row.conversation)) is not None:
            # A counsellor speaks in this chat: the words are theirs to answer.
            forward_to_holder(held, row)
        else:
            said = reply(name, case_number=case.pk if case else "")
            queue_reply(row.conversation, said.text, dedupe_key=f"in:{row.pk}:0", inbound=row)
    return True


def _typed_answer(alarm: InboundMessage, text: str) -> str | None:
    """The answer to the question that is still open, in the parent's own words."""
    assert alarm.alert is not None  # noqa: S101
    asked = alarm.alert.get("asked")
    if "answer" in alarm.alert or asked is None:
        return None
    if asked == SAFETY:
        is_safe = is_safe_to_write(text)
        return None if is_safe is None else ("safe" if is_safe else "unsafe")
    if asked == CONFIRM and agrees(text):
        return "yes"
    return "no" if role_of(text) == "no" else None


def _line(alarm: InboundMessage, role: str) -> str:
    assert alarm.alert is not None  # noqa: S101
    label = alarm.alert["label"]
    if role == TAKEN_BACK:
        return "utter_taken_back_private" if label in PRIVATE else "utter_taken_back"
    still = f"utter_still_{label}"
    return still if label in PRIVATE else TO_ROLE.get(role, still)


def _alarm_before(row: InboundMessage) -> InboundMessage | None:
    return (
        InboundMessage.objects.filter(
            conversation=row.conversation,
            pk__lt=row.pk,
            received_at__gt=timezone.now() - ALARM_STANDS,
            alert__urgent=True,
        )
        .order_by("-pk")
        .first()
    )


def _is_about_the_alarm(row: InboundMessage) -> bool:
    """Whether our last words belong to the alarm, and not to a question answered since."""
    last = _last_of_ours(row)
    answered = last.inbound if last else None
    return answered is not None and (
        bool((answered.alert or {}).get("urgent")) or "after_alarm" in answered.result
    )


def _last_of_ours(row: InboundMessage) -> OutboundMessage | None:
    said = OutboundMessage.objects.filter(
        conversation=row.conversation,
        author=OutboundMessage.Author.ASSISTANT,
        inbound__pk__lt=row.pk,
    )
    return said.select_related("inbound").order_by("-pk").first()
