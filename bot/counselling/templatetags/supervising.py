"""What the supervisors' pages show: time that is left, and that the data is invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from bot.counselling.invented import holds_invented_data
from bot.counselling.templatetags.waited import waited

register = template.Library()


@register.filter
def left(until: datetime) -> str:
    """As `waited`, to a moment that comes: "3 phút"."""
    now = timezone.now()
    return waited(now - max(timedelta(0), until - now))


@register.filter
def took(minutes: float | None) -> str:
    """Minutes as people say them: "–" for nothing, "9 phút", "2 giờ 5 phút", "3,2 ngày"."""
    if minutes is None:
        return "–"
    whole = round(minutes)
    if whole < 60:
        return f"{whole} phút"
    if whole < 48 * 60:
        hours, rest = divmod(whole, 60)
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{minutes / 1440:.1f} ngày".replace(".", ",")


@register.filter
def share(part: int, whole: int) -> str:
    """Of a hundred, rounded: "84%"."""
    return f"{100 * part / whole:.0f}%"


@register.inclusion_tag("counselling/_invented.html")
def invented_notice() -> dict[str, bool]:
    """The notice where `mam demo seed` has filled the database; else nothing."""
    return {"is_invented": holds_invented_data()}
