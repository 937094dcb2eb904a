"""How long somebody has waited, in Vietnamese (Django's own words for it are not translated)."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def waited(since: datetime) -> str:
    """ "3 phút", "2 giờ 5 phút", "4 ngày"."""
    minutes = max(0, int((timezone.now() - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} phút"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{hours // 24} ngày"
