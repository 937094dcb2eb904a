"""The danger screen: one message in, one alert or nothing out (SAFETY.md). Every decision can be
explained.
"""

from bot.nlu.screen.alert import PRIORITY, URGENT, Alert
from bot.nlu.screen.judge import Screen

__all__ = ["PRIORITY", "URGENT", "Alert", "Screen"]
