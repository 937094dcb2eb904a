"""A number of the one table of telephone numbers, in a page."""

from __future__ import annotations

from django import template

from bot.programme.hotlines import hotlines

register = template.Library()


@register.simple_tag
def hotline(key: str) -> str:
    """Raises KeyError for a key that the table has not."""
    return str(hotlines()[key]["number"])
