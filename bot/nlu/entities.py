"""What a message says of the child: age, temperature, duration, symptom … as values with offsets.

Offsets are into the text as typed (NFC). Ages are completed months; temperatures °C; durations
days; counts numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.nlu.ages import completed_months
from bot.nlu.counts import counts
from bot.nlu.quantities import DAYS_A_MONTH, spans_of_time
from bot.nlu.readable import Line, read_line
from bot.nlu.temperatures import temperatures
from bot.nlu.words import words

_DAY_MONTH_YEAR = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d|\d\d)(?!\d)"
BIRTH_DATE = re.compile(
    r"\b(?:ngay\s+)?(?:sinh nhat|sinh|sanh|sn|ns|de)\s*(?:ngay|hom|vao|luc|la|be|chau"
    r"|con|:|\s)*\s*"
    rf"(?:{_DAY_MONTH_YEAR}|(\d{{1,2}})\s+thang\s+(\d{{1,2}})\s+(?:nam\s+)?(20\d\d))"
)


@dataclass(frozen=True)
class Entity:
    """`start`, `end` are offsets; `value` months (age), °C, days (duration), a number (count), a
    date, or a dictionary word.
    """

    kind: str
    value: Any
    start: int
    end: int
    text: str
    # Age in days, finer than completed months.
    days: float | None = None


def extract(text: str, *, today: date | None = None) -> list[Entity]:
    """Every entity in the order of the text; a part of the body inside a symptom is kept."""
    line = read_line(text)
    told = numbers(text, today=today)
    # A birth date is one entity; the age that follows from it is for `numbers`.
    dates = {entity.start for entity in told if entity.kind == "birth_date"}
    found = [entity for entity in told if entity.kind != "age" or entity.start not in dates]
    for word in words(line):
        start, end = line.typed_span(word.start, word.end)
        if not any(one.start < end and start < one.end for one in found if one.kind in NUMERIC):
            found.append(Entity(word.kind, word.meaning, start, end, line.typed[start:end]))
    return sorted(found, key=lambda entity: (entity.start, -entity.end))


NUMERIC = frozenset({"age", "birth_date", "temperature", "duration", "count"})


def numbers(text: str, *, today: date | None = None) -> list[Entity]:
    """Ages, birth dates, temperatures, durations and counts alone, in the order of the text: no
    word list is looked at, which takes most of the time of `extract`.
    """
    return list(_told(text, today or date.today()))  # noqa: DTZ011


@lru_cache(maxsize=64)
def _told(text: str, today: date) -> tuple[Entity, ...]:
    """One message is asked for its numbers by the screen, its rules and the search."""
    return tuple(_numbers(read_line(text), today))


def child_months(text: str, *, today: date | None = None) -> int | None:
    """The child's age that the text tells, in completed months; the first when it tells several."""
    age = child_age_days(text, today=today)
    return None if age is None else int(age / DAYS_A_MONTH + 1e-6)


def child_age_days(text: str, *, today: date | None = None) -> float | None:
    """The child's age in days, None when the text tells none."""
    for entity in numbers(text, today=today):
        if entity.kind == "age" and entity.days is not None:
            return entity.days
    return None


def temperature(text: str) -> float | None:
    """The highest body temperature that the text tells, in °C."""
    values = [entity.value for entity in numbers(text) if entity.kind == "temperature"]
    return max(values) if values else None


def _numbers(line: Line, today: date) -> list[Entity]:
    found = list(_birth_dates(line, today))
    _add(found, line, [("temperature", *told) for told in temperatures(line)])
    for span in spans_of_time(line):
        if span.kind == "age":
            value, days = int(span.days / DAYS_A_MONTH + 1e-6), span.days
            _add(found, line, [("age", value, span.start, span.end)], days=days)
        else:
            _add(found, line, [("duration", round(span.days, 4), span.start, span.end)])
    _add(found, line, [("count", *told) for told in counts(line)])
    return sorted(found, key=lambda entity: (entity.start, -entity.end))


def _add(
    found: list[Entity],
    line: Line,
    told: list[tuple[str, float, int, int]],
    *,
    days: float | None = None,
) -> None:
    """Adds what does not overlap what was found before."""
    for kind, value, first, after in told:
        start, end = line.typed_span(first, after)
        if not any(one.start < end and start < one.end for one in found):
            found.append(Entity(kind, value, start, end, line.typed[start:end], days))


def _birth_dates(line: Line, today: date) -> Iterator[Entity]:
    for match in BIRTH_DATE.finditer(line.plain):
        day, month, year = (part for part in match.groups() if part is not None)
        try:
            born = date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
        except ValueError:
            continue
        if born <= today:
            start, end = line.typed_span(match.start(), match.end())
            where = (start, end, line.typed[start:end])
            yield Entity("birth_date", born.isoformat(), *where)
            age = completed_months(born, today)
            yield Entity("age", age, *where, days=float((today - born).days))
