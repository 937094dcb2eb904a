"""Writes the audit trail: who did what, when, from where. Never a word of a parent, never a Telegram
id.
"""  # noqa: E501

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from bot.staff.models import AuditEvent
from bot.staff.origin import current_origin, origin_of

# Looking at the same case again within this time is the same look.
SAME_LOOK = timedelta(minutes=10)


def record(
    action: str,
    *,
    actor: Any = None,
    request: HttpRequest | None = None,
    case_number: int | None = None,
    **detail: Any,
) -> AuditEvent:
    """Adds a row. `actor` is the request's account when it is left out; None: the command line or
    the machine. Runs in the caller's transaction, so what is not done is not recorded.
    """
    if actor is None and request is not None and request.user.is_authenticated:
        actor = request.user
    origin = current_origin() if request is None else origin_of(request)
    return AuditEvent.objects.create(
        actor_id=actor.pk if actor is not None else None,
        actor_name=actor.get_username() if actor is not None else "",
        action=action,
        case_number=case_number,
        detail=detail,
        address=origin.address,
        device=origin.device,
    )


def record_look(request: HttpRequest, case_number: int) -> None:
    """Somebody looks at a case: one row a person, case and ten minutes."""
    key = f"look:{request.user.pk}:{case_number}"
    if cache.get(key):
        return
    since = timezone.now() - SAME_LOOK
    seen = AuditEvent.objects.filter(
        action=AuditEvent.Action.CASE_SEEN,
        actor=request.user.pk,
        case_number=case_number,
        at__gt=since,
    ).first()
    if seen is None:
        seen = record(AuditEvent.Action.CASE_SEEN, request=request, case_number=case_number)
    cache.set(key, True, max(1, int((seen.at - since).total_seconds())))
