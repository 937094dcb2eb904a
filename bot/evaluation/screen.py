"""The danger screen on labelled messages: recall of urgent, false alarms, exact label; overall and
by style.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.evaluation.asked import read_asked
from bot.nlu.encoder import cache_key
from bot.nlu.screen import URGENT, Screen
from bot.nlu.screen.training import Labelled, read_labelled
from bot.nlu.shipped_vectors import ShippedVectors
from bot.nlu.views import to_encode


def evaluate_screen(
    folder: Path,
    models: Path,
    *,
    use_encoder: bool = True,
    vectors: ShippedVectors | None = None,
) -> dict[str, Any]:
    """Of the messages that were written to try the screen, in a folder's TSV files."""
    return _evaluate(read_labelled(folder), models, use_encoder=use_encoder, vectors=vectors)


def evaluate_everyday(
    *paths: Path, models: Path, vectors: ShippedVectors | None = None
) -> dict[str, Any]:
    """Of questions that were written for the search: what parents ask on an ordinary day. A row
    without a label (column `danger`) was taught to the screen, or is not clear.
    """
    rows = [row for path in paths for row in read_everyday(path)]
    return _evaluate(rows, models, use_encoder=True, vectors=vectors)


def read_everyday(path: Path) -> list[Labelled]:
    """A file's questions that bear a label of the screen."""
    return [Labelled(row.danger, "", row.style, row.text) for row in read_asked(path) if row.danger]


def _evaluate(
    rows: list[Labelled], models: Path, *, use_encoder: bool, vectors: ShippedVectors | None
) -> dict[str, Any]:
    """Fractions 0–1 and milliseconds a message; `wrong` counts (told, found) pairs without any
    text. With `vectors` what they hold is not encoded.
    """
    times: list[float] = []
    screen = Screen.load(models)
    judged = judge_rows(screen, rows, use_encoder=use_encoder, times=times, vectors=vectors)
    by_style: dict[str, list[tuple[Labelled, str]]] = defaultdict(list)
    by_label: dict[str, list[tuple[Labelled, str]]] = defaultdict(list)
    wrong: dict[str, int] = defaultdict(int)
    confusion: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, label in judged:
        by_style[row.style].append((row, label))
        by_label[row.label].append((row, label))
        confusion[row.label][label] += 1
        if row.label != label:
            wrong[f"{row.label} → {label}"] += 1
    return {
        "n": len(judged),
        **screen_figures(judged),
        "ms_median": statistics.median(times) if times else 0.0,
        "styles": {style: screen_figures(pairs) for style, pairs in sorted(by_style.items())},
        "labels": {label: screen_figures(pairs) for label, pairs in sorted(by_label.items())},
        "confusion": {told: dict(found) for told, found in sorted(confusion.items())},
        "wrong": dict(sorted(wrong.items(), key=lambda item: -item[1])),
    }


def judge_rows(
    screen: Screen,
    rows: list[Labelled],
    *,
    use_encoder: bool = True,
    times: list[float] | None = None,
    vectors: ShippedVectors | None = None,
) -> list[tuple[Labelled, str]]:
    """Each message with the label that was found; its milliseconds are added to `times`."""
    judged = []
    for row in rows:
        vector = vectors.get(cache_key(to_encode(row.text))) if vectors else None
        begun = time.perf_counter()
        alert = screen.judge(row.text, vector=vector, use_encoder=use_encoder)
        if times is not None:
            times.append((time.perf_counter() - begun) * 1000)
        judged.append((row, alert.label if alert else "safe"))
    return judged


def screen_figures(pairs: list[tuple[Labelled, str]]) -> dict[str, Any]:
    """Recall of the urgent labels, false alarms among the safe, exact labels; each 0–1."""
    urgent = [label for row, label in pairs if row.label in URGENT]
    safe = [label for row, label in pairs if row.label == "safe"]
    return {
        "recall": _share([label in URGENT for label in urgent]),
        "false_alarms": _share([label in URGENT for label in safe]),
        "exact": _share([row.label == label for row, label in pairs]),
        # On how many each of the shares was measured.
        "counts": {"recall": len(urgent), "false_alarms": len(safe), "exact": len(pairs)},
    }


def _share(flags: list[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
