"""Reads what parents wrote, masked, into the text that a search looks through. Done by the clock, after
a message was handled: masking takes longer than a parent should wait, and until it is done nobody
finds the message.
"""  # noqa: E501

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from bot.counselling.masking import mask_version
from bot.counselling.models import Case
from bot.counselling.nicknames import nicknames_of, without_nicknames
from bot.messaging.models import Conversation, InboundMessage, SearchText
from bot.nlu.marks import fold
from bot.nlu.personal import mask
from bot.nlu.personal_lists import placeholders
from bot.staff.cells import upright

# So long at a time: after an upgrade there is much to read, and parents come first.
LONGEST_S = 0.3
AT_ONCE = 50
# Stands for what is masked; nobody searches for it.
GONE = "…"
COLUMNS = ("marked", "plain", "own_marked", "own_plain")
Mask = Callable[[str], str]
logger = structlog.get_logger(__name__)


def read_for_search(*, seconds: float = LONGEST_S, mask_with: Mask = mask) -> int:
    """Reads conversations that have a case, the newest words first; returns how many. Safe with
    several couriers.
    """
    until, done, passed_over = time.monotonic() + seconds, 0, set[int]()
    while behind := list(_behind().exclude(pk__in=passed_over)[:AT_ONCE]):
        for conversation in behind:
            try:
                is_read = _read(conversation, mask_with)
            except Exception as error:
                # The others are read all the same.
                logger.error("search_text_failed", conversation=conversation.pk, exc_info=error)
                is_read = False
            if is_read:
                done += 1
            else:
                passed_over.add(conversation.pk)
            if time.monotonic() >= until:
                return done
    return done


def _behind() -> Any:
    """Conversations with a case in which something was handled that is not read yet."""
    waiting = InboundMessage.objects.filter(state=InboundMessage.State.NEW)
    is_read = Q(search_text__masked_by=mask_version(), search_text__read_until=F("changed_at"))
    with_case = Case.objects.exclude(conversation=None).values("conversation")
    return (
        Conversation.objects.filter(pk__in=with_case)
        .annotate(changed_at=Coalesce("last_inbound_at", "created_at"))
        .exclude(is_read)
        .exclude(pk__in=waiting.values("conversation").order_by())
        .order_by("-changed_at")
    )


def _read(conversation: Any, mask_with: Mask) -> bool:
    """Adds the messages that are not among those read: what was handled never changes. False:
    something else was written meanwhile; another time.
    """
    was = SearchText.objects.filter(pk=conversation.pk).first()
    kept = was if was is not None and was.masked_by == mask_version() else SearchText()
    rows = _handled(conversation).exclude(pk__in=kept.messages).values_list("pk", "text")
    called = nicknames_of(conversation.family)

    def hide(text: str) -> str:
        return mask_with(without_nicknames(text, called))

    read = {number: _lines(text, hide) for number, text in rows}
    changed: dict[str, Any] = {
        "messages": [*kept.messages, *read],
        "read_until": conversation.changed_at,
        "masked_by": mask_version(),
    }
    for name in COLUMNS:
        lines = [getattr(kept, name), *(line.get(name, "") for line in read.values())]
        changed[name] = "\n".join(line for line in lines if line)
    with transaction.atomic():
        if not _is_as_read(conversation, was, list(read)):
            return False
        if was is None:
            SearchText.objects.create(conversation=conversation, **changed)
        else:
            SearchText.objects.filter(pk=was.pk).update(**changed)
    return True


def _handled(conversation: Conversation) -> QuerySet[InboundMessage]:
    done = InboundMessage.objects.filter(conversation=conversation).exclude(text="")
    return done.exclude(state=InboundMessage.State.NEW).order_by("pk")


def _lines(text: str, mask_with: Mask) -> dict[str, str]:
    """A message as each column has it."""
    whole = upright(text)
    masked = mask_with(whole)
    if masked == whole:
        return dict(zip(COLUMNS[:2], _folded(whole), strict=True))
    for word in placeholders().values():
        masked = masked.replace(word, GONE)
    return dict(zip(COLUMNS, (*_folded(masked), *_folded(whole)), strict=True))


def _folded(text: str) -> tuple[str, str]:
    """In lower case, on one line, with marks and without."""
    line = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return line, fold(line)


def _is_as_read(conversation: Conversation, was: SearchText | None, numbers: list[int]) -> bool:
    """Holds conversation, text and messages, so that none of them is erased before this is written
    and stays in it.
    """
    held = Conversation.objects.select_for_update().filter(pk=conversation.pk)
    texts = SearchText.objects.select_for_update().filter(pk=conversation.pk)
    rows = InboundMessage.objects.select_for_update().filter(pk__in=numbers)
    return (
        bool(held.values_list("pk", flat=True))
        and [(text.messages, text.masked_by) for text in texts]
        == ([(was.messages, was.masked_by)] if was else [])
        and len(rows.values_list("pk")) == len(numbers)
    )
