"""A report beside the committed one of the last release: what got worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COMMITTED = Path(__file__).resolve().parents[2] / "docs/evaluation.json"
# From how much on a figure counts as worse (a share of 0–1).
WORSE_BY = 0.01
# A hundredth is no round number to a processor.
HAIR = 1e-9
# What is better when it is lower; times are compared by nobody, since machines differ.
LOWER_IS_BETTER = {
    *("false_alarms", "refused_wrongly", "answered_wrong", "answered_without_article"),
    *("error_points", "moved"),
}
HIGHER_IS_BETTER = {
    *("recall", "exact", "top1", "top3", "mrr", "answered_right", "refused_rightly"),
    *("accuracy", "macro_f1", "precision", "f1", "age_exact", "words_right"),
}


def committed_report() -> dict[str, Any]:
    """The report of the last release; empty when there is none."""
    if not COMMITTED.is_file():
        return {}
    report: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
    return report


def worse(old: dict[str, Any], new: dict[str, Any], *, by: float = WORSE_BY) -> list[str]:
    """Figures that both reports have and that fell by more than `by`, as lines."""
    before, now = dict(_figures(old)), dict(_figures(new))
    lines = []
    for path, value in now.items():
        earlier = before.get(path)
        if earlier is None:
            continue
        fell = value - earlier if path[-1] in LOWER_IS_BETTER else earlier - value
        if fell > by + HAIR:
            name, unit = " / ".join(path), "/ 100" if path[-1] == "error_points" else "%"
            lines.append(f"{name}: {100 * earlier:.1f} → {100 * value:.1f} {unit}")
    return lines


def _figures(report: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], float]]:
    if not isinstance(report, dict):
        return []
    found: list[tuple[tuple[str, ...], float]] = []
    for key, value in report.items():
        if key == "counts":
            continue
        if key in LOWER_IS_BETTER | HIGHER_IS_BETTER and isinstance(value, int | float):
            found.append(((*path, key), float(value)))
        else:
            found += _figures(value, (*path, str(key)))
    return found
