"""The danger screen: one message in, one alert or nothing out (SAFETY.md). Every decision can be
explained.
"""

from typing import TYPE_CHECKING, Any

from bot.nlu.screen.alert import PRIORITY, URGENT, Alert

if TYPE_CHECKING:
    from bot.nlu.screen.judge import Screen

__all__ = ["PRIORITY", "URGENT", "Alert", "Screen"]


def __getattr__(name: str) -> Any:
    """`Screen` brings spaCy and scikit-learn; who only names labels starts without them."""
    if name == "Screen":
        from bot.nlu.screen.judge import Screen

        return Screen
    raise AttributeError(name)
