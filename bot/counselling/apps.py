"""Registers the app, and what it keeps of a family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from bot.families.models import Family


class CounsellingConfig(AppConfig):
    name = "bot.counselling"
    verbose_name = "Tư vấn"

    def ready(self) -> None:
        from bot.counselling.services import erase_cases
        from bot.families.registry import on_erase, on_export

        on_erase("cases", erase_cases)
        on_export("cases", _export)


def _export(family: Family) -> list[dict[str, Any]]:
    rows: Any = family.cases.values(
        "pk", "reason", "priority", "state", "opened_at", "closed_at", "outcome"
    )
    return list(rows)
