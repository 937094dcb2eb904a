"""`mam evaluate`: one report over what is measured on the test data (terminal, JSON, HTML)."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import click

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS
from bot.site.environment import ROOT

SCREEN_DATA = ROOT / "tests/data/screen"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Ghi báo cáo HTML."
)
def evaluate(as_json: bool, html_file: Path | None) -> None:
    """Báo cáo đánh giá trên dữ liệu chưa từng dùng để huấn luyện.

    Ví dụ: mam evaluate --html bao-cao.html
    """
    from bot.evaluation.screen import BARS, evaluate_screen
    from bot.nlu.screen.training import train_classifier

    train_classifier(MODELS)
    report = {"screen": evaluate_screen(SCREEN_DATA, MODELS), "bars": BARS}
    if html_file:
        html_file.write_text(_html(report), encoding="utf-8")
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _text(report))


def _rows(report: dict[str, Any]) -> list[tuple[str, ...]]:
    screen = report["screen"]
    rows = [("tất cả", *(_percent(screen[name]) for name in ("recall", "false_alarms", "exact")))]
    rows += [
        (style, *(_percent(figures[name]) for name in ("recall", "false_alarms", "exact")))
        for style, figures in screen["styles"].items()
    ]
    return rows


def _text(report: dict[str, Any]) -> str:
    screen = report["screen"]
    lines = [f"Bộ lọc nguy hiểm: {screen['n']} tin, trung vị {screen['ms_median']:.1f} ms một tin"]
    lines.append(f"{'kiểu viết':16}{'bắt được':>10}{'báo nhầm':>10}{'đúng nhãn':>10}")
    lines += [f"{a:16}{b:>10}{c:>10}{d:>10}" for a, b, c, d in _rows(report)]
    lines += [f"  {count:3} {pair}" for pair, count in list(screen["wrong"].items())[:12]]
    return "\n".join(lines)


def _html(report: dict[str, Any]) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _rows(report)
    )
    heads = "".join(
        f"<th>{name}</th>" for name in ("kiểu viết", "bắt được", "báo nhầm", "đúng nhãn")
    )
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mầm: đánh giá</title>'
        f"<h1>Bộ lọc nguy hiểm</h1><table><tr>{heads}</tr>{body}</table></html>"
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"
