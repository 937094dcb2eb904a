"""What is due by the clock of cases. A case that nobody takes: the parent hears so, honestly, and the
group is called again.
"""  # noqa: E501

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import transaction

from bot.counselling.alerts import alert_group
from bot.counselling.clocks import away_until, working_calendar
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services import escalate_late, offer_waiting, wake_cases, warn_late_soon
from bot.counselling.services.routing import was_sent_away
from bot.messaging.models import OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply

URGENT_AFTER = timedelta(minutes=3)
OTHERS_AFTER = timedelta(minutes=10)
# After the first time the parent is not told again; the group is, at most this often.
TIMES = 3


def run_schedule(now: datetime) -> None:
    """All of it, every few seconds. Each job is safe with several couriers."""
    tell_unclaimed(now)
    wake_cases(now)
    offer_waiting(now)
    warn_late_soon(now)
    escalate_late(now)


def tell_unclaimed(now: datetime) -> int:
    """Tells the parents of cases that wait too long; returns how many."""
    told = 0
    waiting = Case.objects.filter(
        state=Case.State.WAITING, unclaimed_told__lt=TIMES, conversation__isnull=False
    )
    calendar = working_calendar()
    is_away = cache(lambda team: away_until(team, now) is not None)
    for case in waiting.select_related("team"):
        is_urgent = case.priority == Case.Priority.URGENT
        after = (URGENT_AFTER if is_urgent else OTHERS_AFTER) / settings.MAM.fast_time
        since = case.unclaimed_told_at or case.opened_at
        if now - since < after * (1 + case.unclaimed_told):
            continue
        # At the opening the parent was told when somebody will be there; only then do they wait.
        if not is_urgent and (
            is_away(case.team) or now - (calendar.next_working(since) or since) < after
        ):
            continue
        if not was_sent_away(case):
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
    if case.unclaimed_told or _is_watched(case):
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


def _is_watched(case: Case) -> bool:
    """The parent said that it is not safe to write: a notice on the screen could betray them."""
    alert = (case.raised_by.alert if case.raised_by else None) or {}
    return alert.get("answer") == "unsafe"
