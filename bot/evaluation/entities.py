"""The entities on labelled messages: precision, recall, F1 by kind; ages exact to the month."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.nlu.entities import extract

# Ages told by a birth date are judged on this day.
TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Marked:
    """One entity of a message: characters from `start` to before `end`."""

    kind: str
    start: int
    end: int
    value: Any


def read_marked(path: Path) -> list[tuple[str, str, list[Marked]]]:
    """(style, text, entities) of each line of a JSON-lines file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked = [Marked(e["kind"], e["start"], e["end"], e["value"]) for e in row["entities"]]
        rows.append((row["style"], row["text"], marked))
    return rows


def evaluate_entities(path: Path) -> dict[str, Any]:
    """An entity is found when one of its kind overlaps it. Fractions 0–1, ms a message."""
    return entity_figures(read_marked(path))


def entity_figures(rows: list[tuple[str, str, list[Marked]]]) -> dict[str, Any]:
    """`evaluate_entities` of rows."""
    hit: Counter[str] = Counter()
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    found: Counter[str] = Counter()
    ages = exact = 0
    begun = time.perf_counter()
    for _, text, marked in rows:
        got = extract(text, today=TODAY)
        told.update(one.kind for one in marked)
        found.update(one.kind for one in got)
        right.update(
            e.kind
            for e in got
            if any(e.kind == one.kind and e.start < one.end and one.start < e.end for one in marked)
        )
        for one in marked:
            same = [
                e for e in got if e.kind == one.kind and e.start < one.end and one.start < e.end
            ]
            hit[one.kind] += bool(same)
            if one.kind == "age" and one.value is not None:
                ages += 1
                exact += any(e.value is not None and int(e.value) == int(one.value) for e in same)
    took = (time.perf_counter() - begun) / max(1, len(rows)) * 1000
    kinds = {
        kind: _figures(hit[kind], told[kind], right[kind], found[kind]) for kind in sorted(told)
    }
    return {
        "n": len(rows),
        **_figures(*(sum(counter.values()) for counter in (hit, told, right, found))),
        "age_exact": exact / ages if ages else None,
        "ms": took,
        "kinds": kinds,
    }


def _figures(hit: int, told: int, right: int, found: int) -> dict[str, float | None]:
    """`hit` of `told` labelled entities were met; `right` of `found` ones meet a labelled one."""
    recall = hit / told if told else None
    precision = right / found if found else None
    both = (recall or 0) + (precision or 0)
    f1 = 2 * (recall or 0) * (precision or 0) / both if both else 0.0
    return {"recall": recall, "precision": precision, "f1": f1}
