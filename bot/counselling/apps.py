"""Registers the app, and what it keeps of a family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from bot.families.models import Family


class CounsellingConfig(AppConfig):
    name = "bot.counselling"
    verbose_name = "Tư vấn"

    def ready(self) -> None:
        from bot.counselling.services import erase_cases
        from bot.families.registry import on_erase, on_export
        from bot.staff.leaving import changed_role_or_locked

        on_erase("cases", erase_cases)
        on_export("cases", _export)
        changed_role_or_locked.connect(_free_cases, dispatch_uid="counselling")


def _free_cases(user: User, **_: Any) -> None:
    """Who may hold no case any more holds none."""
    from bot.counselling.services import let_go
    from bot.counselling.services.records import may_hold

    # The account as it is now: what was asked of its roles before is remembered on the other.
    if not may_hold(type(user).objects.get(pk=user.pk)):
        let_go(user)


def _export(family: Family) -> list[dict[str, Any]]:
    rows: Any = family.cases.values(
        "pk", "reason", "priority", "state", "opened_at", "closed_at", "outcome"
    )
    return list(rows)
