"""A counsellor's words: to the parent, as an article of the library, or as a note among colleagues."""  # noqa: E501

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.errors import ArticleGone
from bot.counselling.models import Case, CaseEvent, CaseNote, Draft
from bot.counselling.queries import child_months
from bot.counselling.services.records import must_hold, record
from bot.messaging.models import OutboundMessage
from bot.messaging.services import queue_reply
from bot.programme.reading import read_article

# As Django's own rule for names of accounts.
MENTION = re.compile(r"(?<![\w@.+-])@([\w@.+-]+)")


@transaction.atomic
def send_reply(case: Case, text: str, *, by: User, key: str) -> OutboundMessage:
    """Writes the counsellor's words into the parent's chat. Raises NotAssignee, CaseIsClosed.
    `key`: one a form.
    """
    must_hold(case, by)
    message = _say(case, text, by=by, key=f"reply:{case.pk}:{key}")
    if not CaseEvent.objects.filter(
        case=case, kind=CaseEvent.Kind.REPLIED, detail__outbound=message.pk
    ).exists():
        _has_spoken(case)
        Draft.objects.filter(case=case, user=by).delete()
        record(case, CaseEvent.Kind.REPLIED, by=by, outbound=message.pk)
    return message


@transaction.atomic
def send_article(case: Case, slug: str, *, by: User, key: str) -> None:
    """Sends the first part of an article for the child's age, in a bubble of Mầm's own: its words
    are the library's, and the history says who sent it. The same `key` again sends nothing.
    Raises NotAssignee, CaseIsClosed, ArticleGone.
    """
    must_hold(case, by)
    reading = read_article(slug, child_months=child_months(case))
    if reading is None:
        raise ArticleGone
    sent = CaseEvent.objects.filter(case=case, kind=CaseEvent.Kind.ARTICLE_SENT)
    if sent.filter(detail__slug=slug, detail__key=key).exists():
        return
    for place, piece in enumerate(reading.first):
        once = f"article:{case.pk}:{key}:{place}:{slug}"
        _say(case, piece, by=by, key=once, author=OutboundMessage.Author.ASSISTANT)
    _has_spoken(case)
    record(case, CaseEvent.Kind.ARTICLE_SENT, by=by, slug=slug, key=key)


@transaction.atomic
def add_note(case: Case, text: str, *, by: User) -> CaseNote:
    """An internal note; any counsellor who sees the case may write one. `@account` mentions a
    colleague who may see the case.
    """
    note = CaseNote.objects.create(case=case, author=by, text=text)
    names = {name.rstrip(".+-@") for name in MENTION.findall(text)}
    named = User.objects.filter(username__in=names, is_active=True).exclude(pk=by.pk)
    seeing = [user for user in named if Case.objects.visible_to(user).filter(pk=case.pk).exists()]
    note.mentions.set(seeing)
    record(case, CaseEvent.Kind.NOTED, by=by, mentions=[user.pk for user in seeing])
    return note


def _say(
    case: Case,
    text: str,
    *,
    by: User,
    key: str,
    author: str = OutboundMessage.Author.COUNSELLOR,
) -> OutboundMessage:
    assert case.conversation is not None  # noqa: S101
    return queue_reply(
        case.conversation,
        text,
        dedupe_key=key[:80],
        author=author,
        staff=by,
    )


def _has_spoken(case: Case) -> None:
    """It is the parent's turn; a case that was put to rest comes back at its time all the same."""
    if case.first_response_at is None:
        Case.objects.filter(pk=case.pk).update(first_response_at=timezone.now())
    awake = Case.objects.filter(pk=case.pk).exclude(state=Case.State.SNOOZED)
    awake.update(state=Case.State.WAITING_FOR_PARENT)
    case.refresh_from_db()
