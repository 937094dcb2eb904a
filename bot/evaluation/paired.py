"""The paired test: the same messages with marks and rewritten, and how far each figure moves."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.evaluation.asked import NONE, Asked, read_asked
from bot.evaluation.entities import entity_figures, read_marked
from bot.evaluation.intents import FOLDS, Judged, intent_figures, model_without, read_examples
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
INTENT_FIGURES = ("accuracy", "macro_f1")
ENTITY_FIGURES = ("precision", "recall", "f1", "age_exact")
# The only way of typing that leaves each letter, and so each entity, where it was.
BARE = "no_diacritics"
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
        report["rewritten"][name] = {**figures, "moved": _distance(figures, written, FIGURES)}
    return report


def pair_intents(folder: Path) -> dict[str, Any]:
    """The same of the intents' examples that bear marks, each judged by a model that saw neither it
    nor its like.
    """
    rows = read_examples(folder)
    judged: dict[str, list[Judged]] = {name: [] for name in ("written", *REWRITINGS)}
    for number in range(FOLDS):
        model, apart = model_without(rows, number)
        for label, text in apart:
            if fold(text) == text:
                continue
            judged["written"].append(Judged(label, model.rank(text)[0][0]))
            for name, rewrite in REWRITINGS.items():
                judged[name].append(Judged(label, model.rank(rewrite(text))[0][0]))
    figures = {name: intent_figures(found) for name, found in judged.items()}
    written = figures.pop("written")
    return {
        "n": len(judged["written"]),
        "written": written,
        "rewritten": {
            name: {**told, "moved": _distance(told, written, INTENT_FIGURES)}
            for name, told in figures.items()
        },
    }


def pair_entities(path: Path) -> dict[str, Any]:
    """The same of the entities, without marks alone."""
    rows = [row for row in read_marked(path) if row[0] in PROPER]
    written = entity_figures(rows)
    bare = entity_figures([(style, REWRITINGS[BARE](text), told) for style, text, told in rows])
    moved = _distance(bare, written, ENTITY_FIGURES)
    return {"n": len(rows), "written": written, "rewritten": {BARE: {**bare, "moved": moved}}}


def _distance(one: dict[str, Any], other: dict[str, Any], figures: tuple[str, ...]) -> float:
    return max(abs(one[figure] - other[figure]) for figure in figures)


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
        moved = _distance(figures, written, SEARCH_FIGURES)
        report["rewritten"][name] = {**figures, "moved": moved}
    return report
