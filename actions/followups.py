"""A follow-up in a conversation: what was spoken of last, and the answer that it gives."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from rasa_sdk.events import EventType, SlotSet

from actions.articles import article_menu, reading_for, say_alert, say_article
from actions.refusing import refuse
from actions.turn import Turn
from bot.messaging.models import InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import record_result
from bot.nlu.followups import DOCTOR, MORE, FollowUp, read_followup
from bot.nlu.refusals import find_refusal
from bot.programme.leaning import Followed, Topic, follow, telling_piece
from bot.programme.models import Article
from bot.programme.reading import Reading

# What was spoken of before that is no topic any more.
TOPIC_HOURS = 24
ROWS = 12


def answer_followup(turn: Turn, text: str) -> list[EventType] | None:
    """Answers a message that leans on the topic before; None when it does not, or there is none."""
    followup = read_followup(text)
    topic = last_topic(turn) if followup else None
    if followup is None or topic is None:
        return None
    pregnant = turn.metadata.get("pregnant", False)
    found = follow(text, followup, topic, child_months=turn.child_months, pregnant=pregnant)
    if found is None:
        return None
    articles = [hit.as_dict() for hit in found.result.hits]
    refusal = find_refusal(found.joined)
    if refusal and refusal.always:
        record_result(turn.inbound_id, articles=articles, answer=None)
        return say_alert(turn) + refuse(turn, refusal, found.result)
    if found.slug is None:
        return None
    record_result(turn.inbound_id, articles=articles, answer=_answer(found))
    return _say(turn, text, followup, topic, found)


def is_of_nothing(text: str) -> bool:
    """A follow-up where there is no topic: "sao lại thế". Where to be seen is a topic itself."""
    followup = read_followup(text)
    return (
        followup is not None
        and followup.is_bare
        and followup.is_sure
        and followup.wants != DOCTOR
        and followup.months is None
    )


def last_topic(turn: Turn) -> Topic | None:
    """The question that was answered last, or was tried and not answered."""
    since = timezone.now() - timedelta(hours=TOPIC_HOURS)
    rows = turn.conversation.inbound.filter(
        pk__lt=turn.inbound_id, received_at__gte=since, joined_to=None
    ).order_by("-pk")
    for row in rows[:ROWS]:
        slug = (row.result.get("answer") or {}).get("slug")
        is_question = _is_question(row)
        if slug:
            article = Article.shown().filter(slug=slug).first()
            if article is None:
                return None
            return Topic(row.text if is_question else article.title, slug)
        if is_question and row.result.get("articles"):
            return Topic(row.text, None)
    return None


def _is_question(row: InboundMessage) -> bool:
    """A press, a command or another follow-up names no topic itself."""
    is_typed = row.kind == InboundMessage.Kind.TEXT and not row.text.startswith("/")
    return is_typed and read_followup(row.text) is None


def _answer(found: Followed) -> dict[str, object]:
    score = next((hit.score for hit in found.result.hits if hit.slug == found.slug), 0.0)
    return {"slug": found.slug, "score": round(score, 3)}


def _say(
    turn: Turn, text: str, followup: FollowUp, topic: Topic, found: Followed
) -> list[EventType]:
    reading = reading_for(turn, str(found.slug), found.months)
    is_other = found.slug != topic.slug or followup.months is not None or not followup.is_bare
    if reading is None or is_other:
        return say_article(turn, str(found.slug), months=found.months)
    pieces = _pieces(reading, followup, found.joined)
    if followup.wants == DOCTOR and reading.doctor:
        said = [reply("utter_doctor_title", text=piece).text for piece in pieces]
    else:
        said = [reply("utter_followup", title=reading.title).text, *pieces]
    for piece in said[:-1]:
        turn.write(piece)
    turn.write(said[-1], article_menu(reading))
    return [SlotSet("last_article", reading.slug), SlotSet("failures", 0.0), *say_alert(turn)]


def _pieces(reading: Reading, followup: FollowUp, asked: str) -> list[str]:
    if followup.wants == DOCTOR and reading.doctor:
        return reading.doctor
    if followup.wants == MORE and reading.more:
        return reading.more
    return [telling_piece(reading, asked)]
