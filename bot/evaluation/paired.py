"""The paired test: the same messages with marks and rewritten, and how far each figure moves."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.evaluation.asked import NONE, Asked, read_asked
from bot.evaluation.rewriting import REWRITINGS
from bot.evaluation.screen import judge_rows, screen_figures
from bot.nlu.marks import fold
from bot.nlu.screen import Screen
from bot.nlu.screen.training import read_labelled
from bot.nlu.shipped_vectors import ShippedVectors

# A message is one to rewrite when it bears marks and is written properly.
PROPER = frozenset({"standard", "northern", "central", "southern"})
FIGURES = ("recall", "false_alarms", "exact")
OF_EACH = 100
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


def pair_search(*paths: Path, vectors: ShippedVectors | None = None) -> dict[str, Any]:
    """The same of the search, over the configured database. With `vectors` what they hold is not
    encoded.
    """
    return _pair_questions(_to_rewrite(*paths), vectors)


def pair_search_sample(*paths: Path, vectors: ShippedVectors | None = None) -> dict[str, Any]:
    """`pair_search` over `sample` alone."""
    return _pair_questions(sample(*paths), vectors)


def sample(*paths: Path) -> list[Asked]:
    """A hundred questions with an article and a hundred without, so that one of them is one point.

    Drawn by their hash: a new question in the files moves few others.
    """
    drawn = sorted(_to_rewrite(*paths), key=lambda row: sha256(row.text.encode()).digest())
    with_article = [row for row in drawn if row.slug != NONE]
    without = [row for row in drawn if row.slug == NONE]
    return [*with_article[:OF_EACH], *without[:OF_EACH]]


def _to_rewrite(*paths: Path) -> list[Asked]:
    rows = [row for path in paths for row in read_asked(path)]
    return [row for row in rows if row.style in PROPER and fold(row.text) != row.text]


def _pair_questions(rows: list[Asked], vectors: ShippedVectors | None) -> dict[str, Any]:
    # The search needs Django, which the screen's part does without.
    from bot.evaluation.search import find_rows, search_figures

    written = search_figures(find_rows(rows, vectors=vectors))
    report: dict[str, Any] = {"n": len(rows), "written": written, "rewritten": {}}
    for name, rewrite in REWRITINGS.items():
        other = [replace(row, text=rewrite(row.text)) for row in rows]
        figures = search_figures(find_rows(other, vectors=vectors))
        moved = max(abs(figures[key] - written[key]) for key in SEARCH_FIGURES)
        report["rewritten"][name] = {**figures, "moved": moved}
    return report
