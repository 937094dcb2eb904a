"""Reads the audit trail: what was asked for, newest first, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bot.staff.cells import safe_cell
from bot.staff.models import AuditEvent

HEAD = ("at", "who", "action", "case", "detail", "address", "device")


def find_events(asked: dict[str, Any]) -> QuerySet[AuditEvent]:
    """`asked`: who, action, case, since, until (local days, both included); empty ones do not count."""  # noqa: E501
    wanted = Q()
    if who := asked.get("who"):
        wanted &= Q(actor_name__icontains=who) | Q(detail__account__icontains=who)
    if action := asked.get("action"):
        wanted &= Q(action=action)
    if case := asked.get("case"):
        wanted &= Q(case_number=case)
    if since := asked.get("since"):
        wanted &= Q(at__gte=_midnight(since))
    if until := asked.get("until"):
        wanted &= Q(at__lt=_midnight(until + timedelta(days=1)))
    return AuditEvent.objects.filter(wanted)


def detail_text(event: AuditEvent) -> str:
    """`role: admin, account: lan`; empty values are left out."""
    return ", ".join(f"{key}: {value}" for key, value in event.detail.items() if value != "")


def rows_of(events: QuerySet[AuditEvent]) -> Iterator[list[str]]:
    """The head, then one row an event; no cell is a formula."""
    yield list(HEAD)
    for event in events.iterator(chunk_size=2000):
        yield [
            safe_cell(cell)
            for cell in (
                timezone.localtime(event.at).isoformat(timespec="seconds"),
                event.actor_name,
                event.action,
                event.case_number or "",
                detail_text(event),
                event.address or "",
                event.device,
            )
        ]


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
