"""The paired test: the same messages with marks and rewritten, and how far each figure moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.evaluation.rewriting import REWRITINGS
from bot.evaluation.screen import judge_rows, screen_figures
from bot.nlu.marks import fold
from bot.nlu.screen import Screen
from bot.nlu.screen.training import read_labelled

# A message is one to rewrite when it bears marks and is written properly.
PROPER = frozenset({"standard", "northern", "central", "southern"})
FIGURES = ("recall", "false_alarms", "exact")
SEARCH_FIGURES = ("top1", "top3", "refused_wrongly", "refused_rightly")


def pair_screen(folder: Path, models: Path, *, use_encoder: bool = True) -> dict[str, Any]:
    """By way of writing: the screen's figures, and `moved`: the largest distance (0–1) of one of
    them from the same messages as they were written.
    """
    screen = Screen.load(models)
    rows = [
        row for row in read_labelled(folder) if row.style in PROPER and fold(row.text) != row.text
    ]
    written = screen_figures(judge_rows(screen, rows, use_encoder=use_encoder))
    report: dict[str, Any] = {"n": len(rows), "written": written, "rewritten": {}}
    for name, rewrite in REWRITINGS.items():
        other = [replace(row, text=rewrite(row.text)) for row in rows]
        figures = screen_figures(judge_rows(screen, other, use_encoder=use_encoder))
        moved = max(abs(figures[key] - written[key]) for key in FIGURES)
        report["rewritten"][name] = {**figures, "moved": moved}
    return report


def pair_search(*paths: Path) -> dict[str, Any]:
    """The same of the search, over the configured database."""
    from bot.evaluation.search import find_rows, read_asked, search_figures

    rows = [
        row
        for path in paths
        for row in read_asked(path)
        if row.style in PROPER and fold(row.text) != row.text
    ]
    written = search_figures(find_rows(rows))
    report: dict[str, Any] = {"n": len(rows), "written": written, "rewritten": {}}
    for name, rewrite in REWRITINGS.items():
        figures = search_figures(find_rows([replace(row, text=rewrite(row.text)) for row in rows]))
        moved = max(abs(figures[key] - written[key]) for key in SEARCH_FIGURES)
        report["rewritten"][name] = {**figures, "moved": moved}
    return report
