"""Writes the audit trail: who did what, when, from where. Never a word of a parent, never a Telegram
id.
"""  # noqa: E501

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bot.staff.models import AuditEvent

DEVICE_CHARACTERS = 120


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
    return AuditEvent.objects.create(
        actor=actor,
        actor_name=actor.get_username() if actor is not None else "",
        action=action,
        case_number=case_number,
        detail=detail,
        address=address_of(request) if request is not None else None,
        device=request.headers.get("User-Agent", "")[:DEVICE_CHARACTERS] if request else "",
    )


def address_of(request: HttpRequest) -> str | None:
    """The caller's address as the server saw it; the proxy's word counts only behind https, where
    uvicorn has put it into REMOTE_ADDR.
    """
    return request.META.get("REMOTE_ADDR") or None
