"""Questions: the answer, did-you-mean, a question back, a refusal, nothing fits."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.articles import say_alert, say_article
from actions.children import take_age
from actions.followups import answer_followup, is_of_nothing
from actions.parts import answer_parts
from actions.refusing import refuse
from actions.topics import ask_topic
from actions.turn import Turn, TurnAction, article_buttons
from bot.messaging.replies import reply
from bot.messaging.services import record_result
from bot.nlu.entities import child_months as months_of
from bot.nlu.refusals import find_refusal
from bot.nlu.vague import Vague, read_vague
from bot.programme.search import SearchResult, search
from bot.programme.services import log_unanswered

SUGGESTIONS = 4
SUGGEST_WITHIN = 0.12


def answer_question(turn: Turn, text: str, *, use_vector: bool = True) -> list[EventType]:
    """Finds and says the answer of a question, or asks back, refuses, or admits that there is none.
    A sign that a child should be seen is spoken of before anything but the answer.
    """
    followed = answer_followup(turn, text)
    if followed is not None:
        return followed
    vague = read_vague(text)
    if vague is not None:
        return say_alert(turn) + _ask_back(turn, vague)
    if is_of_nothing(text):
        return say_alert(turn) + _ask_back(turn, Vague(None, asks=True))
    vector = turn.vector if use_vector else None
    in_parts = answer_parts(turn, text, vector)
    if in_parts is not None:
        return in_parts
    result = search(
        text,
        vector=vector,
        child_months=turn.child_months,
        pregnant=turn.metadata.get("pregnant", False),
    )
    articles = [hit.as_dict() for hit in result.hits]
    refusal = find_refusal(text)
    if refusal and not (refusal.always or result.decision != "answer"):
        refusal = None
    is_answer = result.decision == "answer" and refusal is None
    best = (
        {"slug": result.hits[0].slug, "score": round(result.hits[0].score, 3)}
        if is_answer
        else None
    )
    record_result(turn.inbound_id, articles=articles, answer=best)
    if is_answer:
        told = months_of(text)
        months = told if told is not None else turn.child_months
        return say_article(turn, result.hits[0].slug, months=months, age_lifted=result.age_lifted)
    soft = say_alert(turn)
    if refusal:
        return soft + refuse(turn, refusal, result)
    if result.decision == "did_you_mean":
        _suggest(turn, result)
        return soft
    return soft or _nothing(turn, text)


def _ask_back(turn: Turn, vague: Vague) -> list[EventType]:
    """Neither a failure nor a question for the trainers: nothing was asked yet."""
    if vague.months is not None and (turn.slot("waits_for_age") or not vague.asks):
        return take_age(turn, vague.months, is_all=True)
    ask_topic(turn, vague.months)
    return []


def _suggest(turn: Turn, result: SearchResult) -> None:
    best = result.hits[0].score
    hits = [
        hit for hit in result.hits[:SUGGESTIONS] if best - hit.score <= SUGGEST_WITHIN
    ] or result.hits[:1]
    hits = result.hits[:2] if len(hits) < 2 else hits
    buttons = article_buttons((hit.slug, hit.title) for hit in hits)
    turn.write(reply("utter_did_you_mean").text, buttons)


def _nothing(turn: Turn, text: str) -> list[EventType]:
    log_unanswered(
        text, reason="nothing", key=f"in:{turn.inbound_id}", child_months=turn.child_months
    )
    failures = float(turn.slot("failures") or 0) + 1
    name, reason = (
        ("utter_two_failures", "two_failures") if failures >= 2 else ("utter_nothing", "offer")
    )
    turn.say(name)
    return [
        SlotSet("failures", 0.0 if failures >= 2 else failures),
        SlotSet("offered_reason", reason),
    ]


class ActionAnswer(TurnAction):
    def name(self) -> str:
        return "action_answer"

    def answer(self, turn: Turn) -> list[EventType]:
        return answer_question(turn, turn.text)


class ActionReportDanger(TurnAction):
    """Danger was meant but no sign was found: never "I did not understand"."""

    def name(self) -> str:
        return "action_report_danger"

    def answer(self, turn: Turn) -> list[EventType]:
        turn.say("utter_danger_check")
        result = search(turn.text, vector=turn.vector, child_months=turn.child_months)
        record_result(turn.inbound_id, articles=[hit.as_dict() for hit in result.hits])
        if result.decision == "answer" or find_refusal(turn.text):
            return answer_question(turn, turn.text)
        return [SlotSet("offered_reason", "asked")]


class ActionOutOfScope(TurnAction):
    """What is refused by kind is told so; for the rest Mầm says what it is there for."""

    def name(self) -> str:
        return "action_out_of_scope"

    def answer(self, turn: Turn) -> list[EventType]:
        if find_refusal(turn.text):
            return answer_question(turn, turn.text)
        turn.say("utter_out_of_scope")
        return []
