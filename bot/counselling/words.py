"""A moment to come, in words a parent understands at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# Until which hour each part of the day lasts.
PARTS = ((11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))


def when_in_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`8 giờ sáng thứ Hai 30/11`; `1 giờ 30 chiều hôm nay`; `8 giờ sáng mai, thứ Bảy 28/11`."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    part = next(name for end, name in PARTS if local.hour < end)
    hour = local.hour - 12 if local.hour > 12 else local.hour
    clock = f"{hour} giờ {local.minute:02d}" if local.minute else f"{hour} giờ"
    day = f"{WEEKDAYS[local.weekday()]} {local.day}/{local.month}"
    if local.date() == today:
        return f"{clock} {part} hôm nay"
    if local.date() == today + timedelta(days=1):
        return f"{clock} {part} mai, {day}"
    return f"{clock} {part} {day}"
