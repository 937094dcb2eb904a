"""Time in Vietnamese (Django's own words for it are not translated): how long somebody has waited,
how much is left on a clock.
"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()
SOON_MINUTES = 15


@register.filter
def waited(since: datetime) -> str:
    """ "3 phút", "2 giờ 5 phút", "4 ngày"."""
    return _span((timezone.now() - since).total_seconds())


@register.filter
def clock(due: datetime) -> str:
    """ "còn 12 phút", "trễ 5 phút"."""
    left = (due - timezone.now()).total_seconds()
    return f"còn {_span(left)}" if left > 0 else f"trễ {_span(-left)}"


@register.filter
def urgency(due: datetime | None) -> str:
    """`late`, `soon` (a quarter of an hour or less is left) or `calm`; empty without a clock."""
    if due is None:
        return ""
    left = (due - timezone.now()).total_seconds()
    if left <= 0:
        return "late"
    return "soon" if left <= SOON_MINUTES * 60 else "calm"


def _span(seconds: float) -> str:
    minutes = max(0, int(seconds // 60))
    if minutes < 60:
        return f"{minutes} phút"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{hours // 24} ngày"
