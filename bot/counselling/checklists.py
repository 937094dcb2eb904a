"""The checklist of each reason (data/programme/checklists.yml), and what of it a case has done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.counselling.models import Case, CaseCheck
from bot.programme.errors import FileFault
from bot.programme.hotlines import PROGRAMME, fill_hotlines, hotlines
from bot.programme.tables import line_of, read_table

FILE = PROGRAMME / "checklists.yml"
ITEM = re.compile(r"[a-z][a-z0-9_]{1,34}$")
TEXT_CHARACTERS = 180
KEYS = {"item", "text", "source"}


@dataclass(frozen=True)
class Point:
    """One thing to do; `item` is `reason.name`. `source` names who published the fact that it
    states, empty where it states none.
    """

    item: str
    text: str
    source: str


@dataclass(frozen=True)
class Check:
    """A point in a case; `by` is empty until it is done."""

    point: Point
    is_done: bool
    by: str


def checks_of(case: Case) -> list[Check]:
    """The checklist of the case's reason, in order; empty when its reason has none."""
    points = checklists().get(case.reason, ())
    if not points:
        return []
    done = {
        row.item: row.by.username
        for row in CaseCheck.objects.filter(case=case).select_related("by")
    }
    return [Check(point, point.item in done, done.get(point.item, "")) for point in points]


@lru_cache(maxsize=1)
def checklists() -> dict[str, tuple[Point, ...]]:
    """By reason, as shipped."""
    return read_checklists(FILE)


def read_checklists(path: Path) -> dict[str, tuple[Point, ...]]:
    """A file of checklists, numbers filled in. Raises FileFault with the line of the fault."""
    content = read_table(path)
    sources = read_table(PROGRAMME / "sources.yml")
    lists = {}
    for reason, rows in content.items():
        if reason not in Case.Reason.values:
            raise FileFault(path, line_of(path, f"{reason}:"), f"lý do lạ: {reason}")
        points = [_point(str(reason), row, path, sources) for row in rows or ()]
        items = [point.item for point in points]
        for item in items:
            if items.count(item) > 1:
                raise FileFault(path, line_of(path, f"{reason}:"), f"việc lặp lại: {item}")
        lists[str(reason)] = tuple(points)
    return lists


def _point(reason: str, row: Any, path: Path, sources: Any) -> Point:
    if not isinstance(row, dict) or set(row) != KEYS:
        raise FileFault(path, 1, f"mỗi việc cần đúng các mục {', '.join(sorted(KEYS))}")
    line = line_of(path, f"item: {row['item']}")
    if not ITEM.match(str(row["item"])):
        raise FileFault(path, line, f"tên việc không đúng dạng: {row['item']}")
    words = str(row["text"])
    if not 0 < len(words) <= TEXT_CHARACTERS:
        raise FileFault(path, line, f"mỗi việc dài nhất {TEXT_CHARACTERS} chữ")
    key = row["source"]
    if key is not None and key not in sources:
        raise FileFault(path, line, f"nguồn lạ: {key}")
    for number in re.findall(r"\{hotline:([\w-]+)\}", words):
        if number not in hotlines():
            raise FileFault(path, line, f"số lạ: {number}")
    return Point(
        item=f"{reason}.{row['item']}",
        text=fill_hotlines(words),
        source=str(sources[key]["publisher"]) if key else "",
    )
