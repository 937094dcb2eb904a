"""Arithmetic of ages in completed months."""

from __future__ import annotations

import calendar
from datetime import date


def completed_months(born: date, on: date) -> int:
    """Completed calendar months from `born` to `on`; 0 when `on` is earlier."""
    months = (on.year - born.year) * 12 + on.month - born.month
    last_day = calendar.monthrange(on.year, on.month)[1]
    if on.day < min(born.day, last_day):
        months -= 1
    return max(0, months)


def birth_date_for_age(months: int, on: date) -> date:
    """A day `months` completed calendar months before `on`, for a child whose age alone is known."""  # noqa: E501
    total = on.year * 12 + on.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
