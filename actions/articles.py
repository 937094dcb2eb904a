"""An article in the chat: its answer for the child's age, its depth, its sources."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk.events import EventType, SlotSet

from actions.turn import Turn, TurnAction, article_buttons
from bot.messaging.replies import reply
from bot.messaging.services import record_result
from bot.programme.models import Article
from bot.programme.pictures import pictures_of
from bot.programme.reading import Reading, read_article


def say_article(
    turn: Turn,
    slug: str,
    *,
    months: int | None,
    age_lifted: bool = False,
    say_more: Callable[[], None] | None = None,
) -> list[EventType]:
    """The first part of an article for that age, with what may come next. `say_more` speaks right
    after it, before a soft sign is spoken of, a person offered or the age asked.
    """
    reading = reading_for(turn, slug, months)
    if reading is None:
        turn.say("utter_article_gone")
        return []
    events: list[EventType] = [SlotSet("last_article", slug), SlotSet("failures", 0.0)]
    if not turn.slot("told_unreviewed") and not reading.was_reviewed:
        turn.say("utter_unreviewed")
        events.append(SlotSet("told_unreviewed", True))
    if age_lifted:
        turn.say("utter_other_age", ages=reading.ages_text)
    for piece in reading.first[:-1]:
        turn.write(piece)
    turn.write(reading.first[-1], article_menu(reading))
    for picture in pictures_of(slug)[:1]:
        turn.show(picture)
    if say_more is not None:
        say_more()
    alert = turn.alert
    if alert and alert["label"] in {"see_doctor_soon", "developmental_concern"} and reading.doctor:
        turn.say("utter_doctor_title", text=reading.doctor[0])
    events += say_alert(turn)
    if reading.offers_counsellor and not alert:
        turn.say("utter_offer_person", reason="offer")
        events.append(SlotSet("offered_reason", "offer"))
    return events + _ask_age(turn, reading)


def reading_for(turn: Turn, slug: str, months: int | None) -> Reading | None:
    """The article for that age; a child that came early is looked at by the day it was due."""
    reading = read_article(slug, child_months=months)
    if reading is not None and reading.is_development and months == turn.child_months:
        return read_article(slug, child_months=turn.corrected_months)
    return reading


def _ask_age(turn: Turn, reading: Reading) -> list[EventType]:
    children = turn.metadata.get("children") or []
    if not reading.asks_age:
        return [SlotSet("waits_for_age", False)]
    if len(children) > 1:
        buttons = [
            button
            for number, child in enumerate(children, 1)
            for button in reply(
                "utter_child_button", name=child["name"] or f"Bé {number}", id=child["id"]
            ).buttons
        ]
        turn.write(reply("utter_which_child").text, buttons)
    else:
        turn.say("utter_ask_age")
    return [SlotSet("waits_for_age", True)]


def say_alert(turn: Turn) -> list[EventType]:
    """What a soft sign adds to any answer; the offer it makes is remembered."""
    label = (turn.alert or {}).get("label")
    name = {
        "see_doctor_soon": "utter_doctor_soon",
        "developmental_concern": "utter_development",
    }.get(label or "")
    if name is None:
        return []
    turn.say(name)
    turn.say("utter_offer_person", reason=label)
    return [SlotSet("offered_reason", label)]


def article_menu(reading: Reading) -> list[tuple[str, str]]:
    """The buttons below an article: what it has, then what one may do with it."""
    more, doctor, related, sources, *after = reply(
        "utter_article_buttons", slug=reading.slug
    ).buttons
    shown = [
        (more, reading.more),
        (doctor, reading.doctor),
        (related, reading.related),
        (sources, reading.sources),
    ]
    return [button for button, has in shown if has] + after


def _asked_article(turn: Turn) -> Reading | None:
    slug = turn.entity("slug") or turn.slot("last_article")
    return read_article(slug, child_months=turn.child_months) if slug else None


class ActionShowArticle(TurnAction):
    def name(self) -> str:
        return "action_show_article"

    def answer(self, turn: Turn) -> list[EventType]:
        slug = str(turn.entity("slug") or "")
        if Article.shown().filter(slug=slug).exists():
            record_result(turn.inbound_id, answer={"slug": slug, "score": 1.0})
        return say_article(turn, slug, months=turn.child_months)


class ActionMore(TurnAction):
    def name(self) -> str:
        return "action_more"

    def answer(self, turn: Turn) -> list[EventType]:
        reading = _asked_article(turn)
        if reading is None:
            turn.say("utter_nothing_to_continue")
        elif not reading.more:
            turn.say("utter_no_more")
        else:
            for piece in reading.more:
                turn.write(piece)
        return []


class ActionShowDoctor(TurnAction):
    def name(self) -> str:
        return "action_show_doctor"

    def answer(self, turn: Turn) -> list[EventType]:
        reading = _asked_article(turn)
        if reading is None or not reading.doctor:
            turn.say("utter_no_more")
        else:
            for piece in reading.doctor:
                turn.say("utter_doctor_title", text=piece)
        return []


class ActionShowRelated(TurnAction):
    def name(self) -> str:
        return "action_show_related"

    def answer(self, turn: Turn) -> list[EventType]:
        reading = _asked_article(turn)
        if reading is None or not reading.related:
            turn.say("utter_no_more")
            return []
        turn.write(reply("utter_related").text, article_buttons(reading.related))
        return []


class ActionShowSources(TurnAction):
    def name(self) -> str:
        return "action_show_sources"

    def answer(self, turn: Turn) -> list[EventType]:
        reading = _asked_article(turn)
        if reading is None:
            turn.say("utter_no_more")
            return []
        lines = [
            f"- {publisher}: {title}{f' ({year})' if year else ''}\n  {url}"
            for title, publisher, year, url in reading.sources
        ]
        state = reply(
            "utter_state_reviewed" if reading.was_reviewed else "utter_state_unreviewed"
        ).text
        turn.say("utter_sources", sources="\n".join(lines), review=state)
        return []
