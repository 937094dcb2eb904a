"""What every template may ask about who looks at the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bot.staff.factor import missing_step


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """`is_signed_in`: pages of staff open, so that a menu of them may be shown. Asked only where a
    template asks, because it may read the database.
    """

    def is_signed_in() -> bool:
        user = getattr(request, "user", None)
        return bool(user and user.is_authenticated and missing_step(user) is None)

    return {"is_signed_in": SimpleLazyObject(is_signed_in)}
