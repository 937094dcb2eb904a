"""What the pipeline made of the message in hand, for the channel that must answer with it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

# Set to a fresh dict by the channel before a message; the last component writes "intent" into it.
parsed: ContextVar[dict[str, Any] | None] = ContextVar("parsed", default=None)
