"""`mam evaluate`: one report over what is measured on the test data (terminal, JSON, HTML)."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import click

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS
from bot.nlu.screen.training import train_classifier
from bot.site.environment import ROOT

SCREEN_DATA = ROOT / "tests/data/screen"
SEARCH_DATA = tuple(ROOT / f"tests/data/search/{name}.tsv" for name in ("test", "test-2", "test-3"))
ENTITY_DATA = ROOT / "tests/data/entities.jsonl"
INTENT_DATA = ROOT / "data/nlu"
# The third set's messages also teach the screen, and so the model that puts marks back.
MARKED_DATA = SEARCH_DATA[:2]
PARTS = (*("screen", "search", "intents", "entities", "paired", "restoration", "times", "sizes"),)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Ghi báo cáo HTML."
)
@click.option(
    "--only", type=click.Choice(PARTS), multiple=True, help="Chỉ phần này (có thể lặp lại)."
)
def evaluate(as_json: bool, html_file: Path | None, only: tuple[str, ...]) -> None:
    """Báo cáo đánh giá trên dữ liệu chưa từng dùng để huấn luyện.

    Ví dụ: mam evaluate --html bao-cao.html
    Ví dụ: mam evaluate --only screen --json
    """
    from bot.evaluation.page import as_html
    from bot.evaluation.report import as_text

    report = measure(set(only or PARTS))
    if html_file:
        html_file.write_text(as_html(report), encoding="utf-8")
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else as_text(report))


def measure(parts: set[str]) -> dict[str, Any]:
    """The figures of each part, the bars with verdicts, and what got worse."""
    from bot.evaluation.bars import SAFETY, verdicts
    from bot.evaluation.compare import committed_report, worse
    from bot.evaluation.screen import evaluate_everyday, evaluate_screen

    report: dict[str, Any] = {"bars": SAFETY}
    if "screen" in parts:
        train_classifier(MODELS)
        report["screen"] = evaluate_screen(SCREEN_DATA, MODELS)
        report["screen_without_encoder"] = evaluate_screen(SCREEN_DATA, MODELS, use_encoder=False)
        report["screen_everyday"] = evaluate_everyday(*SEARCH_DATA, models=MODELS)
    if "intents" in parts:
        from bot.evaluation.intents import evaluate_intents

        report["intents"] = evaluate_intents(INTENT_DATA)
    if "entities" in parts:
        from bot.evaluation.entities import evaluate_entities

        report["entities"] = evaluate_entities(ENTITY_DATA)
    if "restoration" in parts:
        from bot.evaluation.restoration import evaluate_restoration

        report["restoration"] = evaluate_restoration(*MARKED_DATA)
    if "sizes" in parts:
        from bot.evaluation.sizes import data_sizes

        report["sizes"] = data_sizes()
    if parts & {"search", "paired", "times"}:
        report |= _measure_with_library(parts)
    report["met"] = verdicts(report)
    report["worse"] = worse(committed_report(), report)
    return report


def _measure_with_library(parts: set[str]) -> dict[str, Any]:
    """On the shipped library in a database of its own, so that edits made here do not count."""
    folder = tempfile.mkdtemp(prefix="mam-evaluate-")
    os.environ.update({"MAM_DATA_DIR": folder, "DATABASE_URL": ""})
    report: dict[str, Any] = {}
    try:
        from bot.commands.django_ready import ready_database

        ready_database()
        from bot.evaluation.paired import (
            pair_entities,
            pair_intents,
            pair_screen,
            pair_search,
            pair_search_sample,
        )
        from bot.evaluation.search import evaluate_search
        from bot.evaluation.times import draw_messages, fitted_intents, measure_times

        if "search" in parts:
            report["search"] = evaluate_search(*SEARCH_DATA)
        if "paired" in parts:
            train_classifier(MODELS)
            report["paired_screen"] = pair_screen(SCREEN_DATA, MODELS)
            report["paired_intents"] = pair_intents(INTENT_DATA)
            report["paired_entities"] = pair_entities(ENTITY_DATA)
            report["paired_search"] = pair_search(*SEARCH_DATA)
            # What `make test` holds.
            report["paired_search_sample"] = pair_search_sample(*SEARCH_DATA)
        if "times" in parts:
            train_classifier(MODELS)
            messages = draw_messages(SCREEN_DATA, *SEARCH_DATA)
            report["times"] = measure_times(messages, MODELS, fitted_intents())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report
