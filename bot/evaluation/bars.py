"""What the figures must reach, and whether they do. A part that was not measured has no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Of the programme's safety rules.
SAFETY = {
    "recall": 0.98,
    "recall_by_style": 0.95,
    "false_alarms": 0.05,
    "false_alarms_by_style": 0.08,
    "exact": 0.85,
}


@dataclass(frozen=True)
class Bar:
    """A limit on `figure` of a part of the report; with `group` its weakest member counts, with
    `is_least` it must not fall below. `name` is what people read.
    """

    name: str
    part: str
    figure: str
    limit: float
    is_least: bool = True
    group: str = ""


BARS = (
    Bar("Bộ lọc: bắt được nguy hiểm", "screen", "recall", SAFETY["recall"]),
    Bar(
        "Bộ lọc: bắt được, kiểu viết yếu nhất",
        "screen",
        "recall",
        SAFETY["recall_by_style"],
        group="styles",
    ),
    Bar("Bộ lọc: báo nhầm", "screen", "false_alarms", SAFETY["false_alarms"], False),
    Bar(
        "Bộ lọc: báo nhầm, kiểu viết yếu nhất",
        "screen",
        "false_alarms",
        SAFETY["false_alarms_by_style"],
        is_least=False,
        group="styles",
    ),
    Bar("Bộ lọc: đúng nhãn", "screen", "exact", SAFETY["exact"]),
    Bar("Bộ lọc: trung vị, ms", "screen", "ms_median", 40, False),
    Bar("Bộ lọc không có bộ mã hoá: trung vị, ms", "screen_without_encoder", "ms_median", 5, False),
    Bar("Bộ lọc: lệch khi gõ kiểu khác", "paired_screen", "moved", 0.03, False, "rewritten"),
    Bar("Ý định: lệch khi gõ kiểu khác", "paired_intents", "moved", 0.03, False, "rewritten"),
    Bar("Thực thể: lệch khi gõ không dấu", "paired_entities", "moved", 0.03, False, "rewritten"),
    Bar("Tìm bài: đúng đầu", "search", "top1", 0.80),
    Bar("Tìm bài: trong 3 bài đầu", "search", "top3", 0.95),
    Bar("Tìm bài: từ chối đúng", "search", "refused_rightly", 0.90),
    Bar("Tìm bài: từ chối nhầm", "search", "refused_wrongly", 0.05, False),
    Bar("Tìm bài: lệch khi gõ kiểu khác", "paired_search", "moved", 0.03, False, "rewritten"),
    Bar("Bỏ dấu lại: từ đúng", "restoration", "words_right", 0.985),
    Bar("Bỏ dấu lại: cỡ tệp, MB", "restoration", "file_mb", 20, False),
    Bar("Hiểu một tin: p95, ms", "times", "message.p95", 40, False),
)


def verdicts(report: dict[str, Any]) -> list[dict[str, Any]]:
    """For each bar whose part is in the report: `measured`, `where` (the weakest of a group) and
    `met`.
    """
    found = []
    for bar in BARS:
        if bar.part not in report:
            continue
        where, measured = weakest(bar, report[bar.part])
        if measured is None:
            continue
        met = measured >= bar.limit if bar.is_least else measured <= bar.limit
        found.append(
            {
                "name": bar.name,
                "part": bar.part,
                "figure": bar.figure,
                "where": where,
                "bar": bar.limit,
                "measured": measured,
                "met": met,
            }
        )
    return found


def weakest(bar: Bar, part: dict[str, Any]) -> tuple[str, float | None]:
    if not bar.group:
        return "", _figure(part, bar.figure)
    told = [(name, _figure(member, bar.figure)) for name, member in part[bar.group].items()]
    known = [(name, value) for name, value in told if value is not None]
    if not known:
        return "", None
    return (min if bar.is_least else max)(known, key=lambda pair: pair[1])


def _figure(part: dict[str, Any], path: str) -> float | None:
    value: Any = part
    for key in path.split("."):
        value = value[key]
    return None if value is None else float(value)
