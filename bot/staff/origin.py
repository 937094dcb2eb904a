"""From where the request at hand came, for the audit trail: kept beside the thread of work, so that a
service need not be handed a request.
"""  # noqa: E501

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest

DEVICE_CHARACTERS = 120


@dataclass(frozen=True)
class Origin:
    """An address as the server saw it, and what the browser calls itself; None and "" elsewhere."""

    address: str | None = None
    device: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def origin_of(request: HttpRequest) -> Origin:
    """The proxy's word counts only behind https, where uvicorn has put it into REMOTE_ADDR."""
    return Origin(
        request.META.get("REMOTE_ADDR") or None,
        request.META.get("HTTP_USER_AGENT", "")[:DEVICE_CHARACTERS],
    )


def current_origin() -> Origin:
    return _origin.get()


def keep_origin(origin: Origin) -> None:
    """Until the next call in the same request."""
    _origin.set(origin)
