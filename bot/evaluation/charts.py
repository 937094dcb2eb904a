"""Charts of shares by group, with their 95 % intervals as whiskers and the bar as a line: HTML and
CSS alone, so that text keeps its size on a phone.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.evaluation.intervals import wilson
from bot.evaluation.tables import percent

# An axis ends on a multiple of it (points of a hundred), so that a point more moves no axis.
STEP = 5


@dataclass(frozen=True)
class Chart:
    """`figure` of each member of `group` in a part; `limit` is the bar that each must reach."""

    part: str
    group: str
    figure: str
    title: str
    limit: float | None = None


CHARTS = (
    Chart("screen", "styles", "recall", "Bắt được nguy hiểm, theo kiểu viết", 0.95),
    Chart("screen", "styles", "false_alarms", "Báo nhầm, theo kiểu viết", 0.08),
    Chart("screen", "styles", "exact", "Đúng nhãn, theo kiểu viết"),
    Chart("screen", "labels", "exact", "Đúng nhãn, theo nhãn"),
    Chart("search", "styles", "top1", "Đúng bài đầu, theo kiểu viết"),
    Chart("search", "styles", "refused_wrongly", "Từ chối nhầm, theo kiểu viết"),
    Chart("search", "domains", "top1", "Đúng bài đầu, theo lĩnh vực"),
    Chart("entities", "kinds", "f1", "F1, theo loại"),
    Chart("restoration", "styles", "words_right", "Từ đúng dấu, theo kiểu viết"),
)


def charts(report: dict[str, Any], part: str) -> Iterator[str]:
    """The figures of a part, as HTML."""
    for chart in CHARTS:
        if chart.part == part and (rows := _measured(report[part][chart.group], chart.figure)):
            yield _figure(chart, rows)


def _measured(group: dict[str, Any], figure: str) -> list[tuple[str, float, int | None]]:
    rows = [
        (name, one.get(figure), one.get("counts", {}).get(figure)) for name, one in group.items()
    ]
    return [row for row in rows if row[1] is not None]


def _figure(chart: Chart, rows: list[tuple[str, float, int | None]]) -> str:
    spans = [wilson(share, n) if n else (share, share) for _, share, n in rows]
    limits = [] if chart.limit is None else [chart.limit]
    low = math.floor(min([*(span[0] for span in spans), *limits]) * 100 / STEP) * STEP
    high = math.ceil(max([*(span[1] for span in spans), *limits]) * 100 / STEP) * STEP

    def place(share: float) -> float:
        return round((share * 100 - low) / max(high - low, STEP) * 100, 2)

    lines = []
    for (name, share, n), (least, most) in zip(rows, spans, strict=True):
        marks = ""
        if chart.limit is not None:
            marks += f'<i class="limit" style="left:{place(chart.limit)}%"></i>'
        if n:
            width = round(place(most) - place(least), 2)
            marks += f'<i class="whisker" style="left:{place(least)}%;width:{width}%"></i>'
        marks += f'<i class="dot" style="left:{place(share)}%"></i>'
        lines.append(
            f'<div class="line"><span>{html.escape(name)}</span>'
            f'<span class="track">{marks}</span><span>{percent(share, n)}</span></div>'
        )
    axis = f'<span class="axis"><b>{low} %</b><b>{high} %</b></span>'
    told = "" if chart.limit is None else f"; vạch đứt: mức {percent(chart.limit)}"
    caption = f"<figcaption>{html.escape(chart.title)}{told}</figcaption>"
    return f'<figure>{caption}<div class="chart">{"".join(lines)}{axis}</div></figure>'
