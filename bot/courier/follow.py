"""What a parent presses after a case: how it was, how they feel, how things are, and to go on with
the counsellor. Answered here, without Rasa.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bot.counselling.models import Case, Referral
from bot.counselling.services import open_case_of
from bot.counselling.services.following import answer_follow_up, answer_referral
from bot.counselling.services.rating import LOW, rate_case
from bot.counselling.services.reopening import may_reopen_since, reopen_case, reopenable_case
from bot.messaging.models import Button, Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import finish, queue_reply

PAYLOAD = re.compile(r"^/(\w+)(\{.*\})?$")
REOPEN = "reopen_case"
# What is said, in order: names of responses with their values.
Said = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Press:
    """A button of a case: what it does, its values, when it was given to the parent."""

    name: str
    issued_at: datetime
    values: dict[str, Any] = field(default_factory=dict)


def press_of(button: Button) -> Press | None:
    """None: a button for Rasa."""
    match = PAYLOAD.match(button.payload)
    if match is None or match[1] not in ANSWERS:
        return None
    return Press(match[1], button.issued_at, json.loads(match[2] or "{}"))


def is_after_case(conversation: Conversation) -> Press | None:
    """Going on with the case that was closed a short while ago: what asking for a person means
    then.
    """
    case = reopenable_case(conversation)
    return Press(REOPEN, timezone.now(), {"case": case.pk}) if case else None


def answer_after_case(conversation: Conversation, row: InboundMessage, press: Press) -> None:
    """Does what was pressed and answers, in one transaction with the row's end."""
    with transaction.atomic():
        if not finish([row]):
            return
        case = Case.objects.filter(
            pk=press.values.get("case", 0), conversation=conversation.pk
        ).first()
        said = ANSWERS[press.name](case, press) if case else [("utter_old_button", {})]
        for number, (name, values) in enumerate(said):
            words = reply(name, **values)
            queue_reply(
                conversation,
                words.text,
                dedupe_key=f"in:{row.pk}:{number}",
                buttons=words.buttons,
                author=OutboundMessage.Author.SYSTEM,
                inbound=row,
            )


def _rate(case: Case, press: Press) -> Said:
    value, number = int(press.values["rating"]), {"case_number": case.pk}
    if not rate_case(case, "rating", value):
        return [("utter_rated_before", {})]
    first = "utter_rating_low" if value <= LOW else "utter_rating_thanks"
    return [(first, number), ("utter_ask_feeling_before", number)]


def _feel(case: Case, press: Press) -> Said:
    what = str(press.values["what"])
    if not rate_case(case, what, int(press.values["feeling"])):
        return [("utter_rated_before", {})]
    if what == "before":
        return [("utter_ask_feeling_after", {"case_number": case.pk})]
    return [("utter_feeling_thanks", {})]


def _reopen(case: Case, press: Press) -> Said:
    conversation = case.conversation
    assert conversation is not None  # noqa: S101
    if (already := open_case_of(conversation)) is not None:
        return [("utter_case_already", {"case_number": already.pk})]
    # Who was helped badly does not wait as long again.
    was_low = case.rating is not None and case.rating <= LOW
    raised_to = (case.reason, Case.Priority.HIGH.value)
    if not may_reopen_since(press.issued_at, timezone.now()) or not reopen_case(
        case,
        why=str(press.values.get("why", "asked")),
        raised_to=raised_to if was_low and case.priority == Case.Priority.NORMAL else None,
    ):
        return [("utter_reopen_late", {})]
    return [("utter_case_reopened", {"case_number": case.pk})]


def _followed_up(case: Case, press: Press) -> Said:
    is_well = press.values.get("answer") == "well"
    answer_follow_up(case, is_well=is_well)
    if is_well:
        return [("utter_follow_up_well", {})]
    return _reopen(case, Press(REOPEN, press.issued_at, {"case": case.pk, "why": "follow_up"}))


def _referred(case: Case, press: Press) -> Said:
    referral = Referral.objects.filter(pk=press.values.get("referral", 0), case=case).first()
    outcome = str(press.values.get("outcome"))
    if referral is None or not answer_referral(referral, outcome):
        return [("utter_rated_before", {})]
    said: Said = [(f"utter_referral_{outcome}", {})]
    if outcome == Referral.Outcome.REACHED:
        return said
    if case.state == Case.State.CLOSED:
        return [*said, ("utter_offer_reopen", {"case_number": case.pk})]
    return [*said, ("utter_referral_told", {"case_number": case.pk})]


ANSWERS: dict[str, Callable[[Case, Press], Said]] = {
    "rate_case": _rate,
    "feel_case": _feel,
    REOPEN: _reopen,
    "follow_up": _followed_up,
    "referral": _referred,
    "leave_case": lambda case, press: [("utter_case_left", {})],
}
