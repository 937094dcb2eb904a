"""What a family tells of its child: in passing, by the form, or by choosing one of two."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone
from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.articles import say_article
from actions.topics import ask_topic
from actions.turn import Turn, TurnAction
from bot.families.models import Child, Family
from bot.families.services import remember_age, remember_pregnancy, save_child
from bot.messaging.replies import reply
from bot.nlu.entities import child_age_days, child_months, extract
from bot.nlu.normalise import fold
from bot.nlu.pregnancy import tells_pregnancy
from bot.nlu.vague import read_vague

SKIP = "skip"
FORM_SLOTS = ("child_age", "child_early", "child_sex", "child_nickname")
MAX_WEEKS_EARLY = 18
NICKNAME_WORDS = 5


def _forget_form(*, begin: bool = False) -> list[EventType]:
    """An empty form; `begin`: it is to be asked now."""
    return [*(SlotSet(name, None) for name in FORM_SLOTS), SlotSet("child_form_wanted", begin)]


def take_age(turn: Turn, months: int, *, is_all: bool) -> list[EventType]:
    """Remembers an age where the family agreed to that, and uses it for the answer that waited.
    Where none waited and the age `is_all` that was said, asks what it is about.
    """
    family = turn.conversation.family
    assert family is not None  # noqa: S101
    if family.consent == Family.Consent.AGREED:
        remember_age(family, months)
        turn.say("utter_age_noted", months=months)
    else:
        turn.say("utter_child_not_kept")
    slug = turn.slot("last_article")
    if turn.slot("waits_for_age") and slug:
        return say_article(turn, slug, months=months)
    if is_all:
        ask_topic(turn, months)
    return []


class ActionTellChild(TurnAction):
    """An age told in passing is remembered and, when an answer waited for it, used; without an age
    the form begins.
    """

    def name(self) -> str:
        return "action_tell_child"

    def answer(self, turn: Turn) -> list[EventType]:
        no_form = SlotSet("child_form_wanted", False)
        months = child_months(turn.text)
        if months is not None:
            is_all = read_vague(turn.text) is not None
            return [*take_age(turn, months, is_all=is_all), no_form]
        if tells_pregnancy(turn.text):
            family = turn.conversation.family
            assert family is not None  # noqa: S101
            if family.consent == Family.Consent.AGREED:
                remember_pregnancy(family)
                turn.say("utter_pregnancy_noted")
            else:
                turn.say("utter_child_not_kept")
            return [no_form]
        return _forget_form(begin=True)


class ActionChooseChild(TurnAction):
    def name(self) -> str:
        return "action_choose_child"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        child = Child.objects.filter(family=family, pk=int(turn.entity("id") or 0)).first()
        slug = turn.slot("last_article")
        if child is None or not slug:
            turn.say("utter_nothing_to_continue")
            return []
        return say_article(turn, slug, months=child.age_months())


class ActionSaveChild(TurnAction):
    def name(self) -> str:
        return "action_save_child"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        if family.consent != Family.Consent.AGREED:
            turn.say("utter_child_not_kept")
            return _forget_form()
        # An age that was recognised as such comes as a number of months.
        born, is_estimated = _birth_date(str(turn.slot("child_age") or SKIP))
        save_child(
            family,
            birth_date=born,
            is_estimated=is_estimated,
            weeks_early=_weeks(turn.slot("child_early") or SKIP) or 0,
            sex=_sex(turn.slot("child_sex") or SKIP) or "",
            nickname=""
            if turn.slot("child_nickname") in {None, SKIP}
            else str(turn.slot("child_nickname")),
        )
        turn.say("utter_child_saved")
        return _forget_form()


class ActionCancel(TurnAction):
    def name(self) -> str:
        return "action_cancel"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_cancelled")
        return [
            ActiveLoop(None),
            SlotSet("requested_slot", None),
            SlotSet("offered_reason", None),
            *_forget_form(),
        ]


class ValidateChildForm(FormValidationAction):
    """Each answer is checked with a kind word; "skip" is always fine."""

    def name(self) -> str:
        return "validate_child_form"

    async def validate_child_age(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        fits = value == SKIP or (await sync_to_async(_birth_date)(str(value)))[0] is not None
        return _checked("child_age", value, fits, dispatcher, "utter_age_unclear")

    def validate_child_early(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        fits = value == SKIP or _weeks(str(value)) is not None
        return _checked("child_early", value, fits, dispatcher, "utter_early_unclear")

    def validate_child_sex(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        fits = value == SKIP or _sex(str(value)) is not None
        return _checked("child_sex", value, fits, dispatcher, "utter_sex_unclear")

    def validate_child_nickname(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        fits = value == SKIP or len(str(value).split()) <= NICKNAME_WORDS
        return _checked("child_nickname", value, fits, dispatcher, "utter_nickname_unclear")


def _checked(
    slot: str, value: Any, fits: bool, dispatcher: CollectingDispatcher, unclear: str
) -> dict[str, Any]:
    # None: the slot was emptied, nobody said anything.
    if value is not None and not fits:
        dispatcher.utter_message(text=reply(unclear).text)
    return {slot: value if fits else None}


def _birth_date(text: str) -> tuple[date | None, bool]:
    """The birth date that a text tells, and whether it is an estimate made of an age."""
    if text == SKIP:
        return None, False
    today = timezone.localdate()
    if re.fullmatch(r"20\d\d-\d\d-\d\d", text):
        return date.fromisoformat(text), False
    told = next(
        (e.value for e in extract(f"sinh {text}", today=today) if e.kind == "birth_date"), None
    )
    if told:
        return date.fromisoformat(told), False
    # A bare number is months: "8".
    days = child_age_days(
        f"{text} tháng" if re.fullmatch(r"\s*\d{1,3}\s*", text) else text, today=today
    )
    return (None, False) if days is None else (today - timedelta(days=round(days)), True)


def _weeks(text: str) -> int | None:
    if fold(text).strip() in {"khong", "du thang", "ko", "k", "hong", "dung ngay"}:
        return 0
    match = re.search(r"\d{1,2}", text)
    weeks = int(match[0]) if match else None
    return weeks if weeks is not None and weeks <= MAX_WEEKS_EARLY else None


def _sex(text: str) -> str | None:
    plain = fold(text)
    if re.search(r"\bgai\b|\bnu\b|cong chua", plain):
        return Child.Sex.FEMALE
    return Child.Sex.MALE if re.search(r"\btrai\b|\bnam\b|hoang tu", plain) else None
