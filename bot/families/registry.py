"""What higher rooms know of a family: each app adds its part in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.families.models import Family

_erasers: dict[str, Callable[[Family], None]] = {}
_exporters: dict[str, Callable[[Family], Any]] = {}


def on_erase(name: str, erase: Callable[[Family], None]) -> None:
    """`erase(family)` takes away what the app keeps of it; runs in one transaction with the others."""  # noqa: E501
    _erasers[name] = erase


def on_export(name: str, export: Callable[[Family], Any]) -> None:
    """`export(family)` gives what the app keeps of it, as plain data."""
    _exporters[name] = export


def erasers() -> list[Callable[[Family], None]]:
    """The latest room first: counselling lets go of its case before messaging drops the messages."""  # noqa: E501
    return list(_erasers.values())[::-1]


def exporters() -> dict[str, Callable[[Family], Any]]:
    return dict(_exporters)
