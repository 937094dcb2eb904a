"""Geometry of the figures' charts, for inline SVG: attributes alone, no style. Makes no query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.counselling.figures import Week

WIDTH, HEIGHT, FOOT = 640, 180, 24
GAP = 0.2
# Shades of the heat map; 0 is nothing at all.
SHADES = 5
CELL_WIDTH, CELL_HEIGHT, MARGIN = 24, 26, 40
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True)
class Column:
    """Opened and closed of a week, side by side. Numbers are SVG units."""

    x: float
    width: float
    opened_y: float
    opened_height: float
    closed_x: float
    closed_y: float
    closed_height: float
    week: Week
    label: str


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    shade: int
    count: int
    title: str


@dataclass(frozen=True)
class Bar:
    """`width` is of a hundred."""

    width: float
    count: int
    name: str


@dataclass(frozen=True)
class Heat:
    cells: list[Cell]
    days: list[tuple[str, int]]
    marks: list[tuple[str, int]]


@dataclass(frozen=True)
class Group:
    """Bars that the template heads by their kind: reasons, topics or referrals."""

    kind: str
    bars: list[Bar]


def columns(weeks: Sequence[Week]) -> list[Column]:
    """One pair of bars a week, as high as the most that any week has."""
    most = max((max(week.opened, week.closed) for week in weeks), default=0) or 1
    step = WIDTH / max(1, len(weeks))
    room, width = HEIGHT - FOOT, round(step * (1 - GAP) / 2, 1)
    every = max(1, -(-len(weeks) // 9))
    return [
        Column(
            x=round(number * step + step * GAP / 2, 1),
            width=width,
            opened_y=round(room * (1 - week.opened / most), 1),
            opened_height=round(room * week.opened / most, 1),
            closed_x=round(number * step + step * GAP / 2 + width, 1),
            closed_y=round(room * (1 - week.closed / most), 1),
            closed_height=round(room * week.closed / most, 1),
            week=week,
            label=_day(week.monday) if number % every == 0 else "",
        )
        for number, week in enumerate(weeks)
    ]


def cells(hours: Sequence[Sequence[int]]) -> list[Cell]:
    """The heat map: hours across, weekdays down."""
    most = max((count for row in hours for count in row), default=0) or 1
    return [
        Cell(
            x=MARGIN + hour * CELL_WIDTH,
            y=day * CELL_HEIGHT,
            shade=-(-count * SHADES // most),
            count=count,
            title=f"{WEEKDAYS[day]} {hour} giờ: {count} ca",
        )
        for day, row in enumerate(hours)
        for hour, count in enumerate(row)
    ]


def heat(hours: Sequence[Sequence[int]]) -> Heat:
    """The map with its marks: days at the left, every third hour below."""
    return Heat(
        cells=cells(hours),
        days=[(name, place * CELL_HEIGHT + 18) for place, name in enumerate(WEEKDAYS)],
        marks=[(f"{hour}h", MARGIN + hour * CELL_WIDTH) for hour in range(0, 24, 3)],
    )


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Names with their bars, one below the other."""
    most = max((count for _, count in counts), default=0) or 1
    return [Bar(round(100 * count / most, 1), count, name) for name, count in counts]


def _day(day: date) -> str:
    return f"{day:%d/%m}"
