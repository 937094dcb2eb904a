"""What is due by the clock: the clocks of cases, the retention promise."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from bot.counselling.schedule import run_schedule
from bot.counselling.services import ask_follow_ups, families_with_open_case
from bot.messaging.retention import keep_promises

RETENTION_EVERY = timedelta(hours=1)
_last_retention: list[datetime] = []


def run_due() -> None:
    """Called every few seconds; each job decides for itself whether it is time."""
    now = timezone.now()
    run_schedule(now)
    ask_follow_ups(now)
    every = RETENTION_EVERY / settings.MAM.fast_time
    if not _last_retention or now - _last_retention[-1] >= every:
        _last_retention[:] = [now]
        keep_promises(families_with_open_case())
