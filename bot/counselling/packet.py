"""What a counsellor should know before the first word: children, what raised the case, articles
given, earlier cases, how the parent writes. Never writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from bot.counselling.lines import answer_of
from bot.counselling.masking import masked_words
from bot.counselling.models import Case, CaseEvent
from bot.counselling.queries import LABELS, age_text
from bot.counselling.wording import Style, style_of
from bot.families.models import Child
from bot.messaging.models import InboundMessage
from bot.programme.cards import current_cards, titles_of
from bot.programme.models import Article

ROWS_SHOWN = 10
# The parent's last messages that tell how they write.
STYLE_MESSAGES = 30


@dataclass(frozen=True)
class ChildRow:
    child: Child
    age: str
    corrected_age: str


@dataclass(frozen=True)
class AlertRow:
    """Why there was an alarm: what else it may be, the signs by the titles of their cards, the
    words, how it was found (`Alert.rule`), how sure in %; what we asked the parent, and the answer.
    """

    label: str
    also: tuple[str, ...]
    signs: tuple[str, ...]
    words: tuple[str, ...]
    rule: str
    percent: int
    asked: str
    answer: str
    at: datetime


@dataclass(frozen=True)
class Packet:
    children: tuple[ChildRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    articles: tuple[tuple[str, datetime], ...] = ()
    earlier: tuple[Case, ...] = ()
    styles: tuple[Style, ...] = ()


def packet_of(case: Case, user: User, *, is_masked: bool) -> Packet:
    """Of the family's chat; of earlier cases those that the account may see. The words of an alert
    may be masked.
    """
    if case.family is None:
        return Packet()
    children = tuple(
        ChildRow(child, age_text(child.age_months()), age_text(child.corrected_age_months()))
        for child in case.family.children.all()
    )
    others = Case.objects.visible_to(user).filter(family=case.family_id).exclude(pk=case.pk)
    earlier = tuple(others.order_by("-opened_at")[:ROWS_SHOWN])
    if case.conversation_id is None:
        return Packet(children, earlier=earlier)
    rows = InboundMessage.objects.filter(conversation=case.conversation_id)
    cards = current_cards()
    alerts = tuple(
        AlertRow(
            LABELS.get(row.alert["label"], row.alert["label"]),
            tuple(LABELS.get(label, label) for label in row.alert.get("also", ())),
            titles_of(row.alert.get("signs", ()), cards),
            masked_words(words) if is_masked else words,
            row.alert.get("rule", ""),
            round(100 * row.alert.get("score", 1.0)),
            row.alert.get("asked", ""),
            row.alert.get("answer", ""),
            row.received_at,
        )
        for row in rows.filter(alert__label__isnull=False).order_by("-pk")[:ROWS_SHOWN]
        if row.alert
        for words in [tuple(row.alert.get("words", ()))]
    )
    written = rows.filter(kind=InboundMessage.Kind.TEXT).order_by("-pk")
    return Packet(
        children,
        alerts,
        _articles(case),
        earlier,
        style_of(list(written.values_list("text", flat=True)[:STYLE_MESSAGES])),
    )


def _articles(case: Case) -> tuple[tuple[str, datetime], ...]:
    """What Mầm answered with and what counsellors sent, newest first."""
    answered = InboundMessage.objects.filter(
        conversation=case.conversation_id, result__answer__slug__isnull=False
    ).order_by("-pk")[:ROWS_SHOWN]
    sent = CaseEvent.objects.filter(case=case, kind=CaseEvent.Kind.ARTICLE_SENT)
    given = [(answer_of(row), row.received_at) for row in answered]
    given += [(event.detail["slug"], event.at) for event in sent]
    given.sort(key=lambda one: one[1], reverse=True)
    titles = dict(
        Article.objects.filter(slug__in=[slug for slug, _ in given]).values_list("slug", "title")
    )
    return tuple((titles.get(slug, slug), at) for slug, at in given[:ROWS_SHOWN])
