"""A case that nobody takes: the parent hears so, honestly, and the group is called again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bot.counselling.alerts import alert_group
from bot.counselling.models import Case, CaseEvent
from bot.messaging.models import OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply

URGENT_AFTER = timedelta(minutes=3)
OTHERS_AFTER = timedelta(minutes=10)
# After the first time the parent is not told again; the group is, at most this often.
TIMES = 3


def tell_unclaimed(now: datetime) -> int:
    """Tells the parents of cases that wait too long; returns how many."""
    told = 0
    waiting = Case.objects.filter(
        state=Case.State.WAITING, unclaimed_told__lt=TIMES, conversation__isnull=False
    )
    for case in waiting:
        after = (
            URGENT_AFTER if case.priority == Case.Priority.URGENT else OTHERS_AFTER
        ) / settings.MAM.fast_time
        if now - (case.unclaimed_told_at or case.opened_at) >= after * (1 + case.unclaimed_told):
            told += _tell(case, now)
    return told


@transaction.atomic
def _tell(case: Case, now: datetime) -> int:
    mine = Case.objects.filter(
        pk=case.pk, state=Case.State.WAITING, unclaimed_told=case.unclaimed_told
    )
    if not mine.update(unclaimed_told=case.unclaimed_told + 1, unclaimed_told_at=now):
        return 0
    CaseEvent.objects.create(case=case, kind=CaseEvent.Kind.UNCLAIMED_TOLD)
    alert_group(case, "utter_group_reminder")
    if case.unclaimed_told:
        return 0
    name = "utter_unclaimed_urgent" if case.priority == Case.Priority.URGENT else "utter_unclaimed"
    said = reply(name, case_number=case.pk)
    assert case.conversation is not None  # noqa: S101
    queue_reply(
        case.conversation,
        said.text,
        dedupe_key=f"unclaimed:{case.pk}:{(case.reopened_at or case.opened_at).timestamp()}",
        buttons=said.buttons,
        author=OutboundMessage.Author.SYSTEM,
    )
    return 1
