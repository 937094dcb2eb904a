"""The evaluation's figures as text for a terminal and as one HTML page."""

from __future__ import annotations

import html
from typing import Any

SCREEN_HEADS = ("kiểu viết", "bắt được", "báo nhầm", "đúng nhãn")
SCREEN_KEYS = ("recall", "false_alarms", "exact")
SEARCH_HEADS = ("nhóm", "đúng đầu", "trong 3", "MRR", "từ chối nhầm", "từ chối đúng")
SEARCH_KEYS = ("top1", "top3", "mrr", "refused_wrongly", "refused_rightly")
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def as_text(report: dict[str, Any]) -> str:
    """Plain lines."""
    lines: list[str] = []
    for title, heads, rows in _tables(report):
        lines += ["", title]
        for row in [heads, *rows]:
            lines.append(f"{row[0]:26}" + "".join(f"{cell:>14}" for cell in row[1:]))
    return "\n".join(lines).strip()


def as_html(report: dict[str, Any]) -> str:
    """A page of its own: tables with bars, nothing fetched from anywhere."""
    body = []
    for title, heads, rows in _tables(report):
        cells = "".join(f"<th>{html.escape(head)}</th>" for head in heads)
        lines = "".join(
            "<tr>" + "".join(_cell(number, cell) for number, cell in enumerate(row)) + "</tr>"
            for row in rows
        )
        body.append(f"<h2>{html.escape(title)}</h2><table><tr>{cells}</tr>{lines}</table>")
    style = (
        "body{font:16px system-ui;margin:1rem auto;max-width:60rem;padding:0 1rem}"
        "table{border-collapse:collapse}td,th{padding:.3rem .6rem;text-align:right}"
        "td:first-child,th:first-child{text-align:left}"
        "td{background:linear-gradient(90deg,#cfe8d5 var(--share,0%),transparent 0)}"
    )
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Mầm: đánh giá</title>'
        f"<style>{style}</style><h1>Mầm: đánh giá</h1>{''.join(body)}</html>"
    )


def _cell(number: int, cell: str) -> str:
    share = cell.removesuffix(" %").replace(",", ".") if number and cell.endswith(" %") else ""
    style = f' style="--share:{share}%"' if share else ""
    return f"<td{style}>{html.escape(cell)}</td>"


def _tables(report: dict[str, Any]) -> list[Table]:
    tables: list[Table] = []
    if screen := report.get("screen"):
        title = (
            f"Bộ lọc nguy hiểm: {screen['n']} tin, trung vị {screen['ms_median']:.1f} ms một tin"
        )
        rows = [_row("tất cả", screen, SCREEN_KEYS)]
        rows += [_row(name, part, SCREEN_KEYS) for name, part in screen["styles"].items()]
        rows += [_row(name, part, SCREEN_KEYS) for name, part in screen["labels"].items()]
        tables.append((title, SCREEN_HEADS, rows))
        tables.append(_wrong("Nhãn lẫn với nhãn", screen["wrong"]))
    if search := report.get("search"):
        title = f"Tìm bài: {search['n']} câu, trung vị {search['ms_median']:.1f} ms một câu"
        rows = [_row("tất cả", search, SEARCH_KEYS)]
        for group in ("styles", "domains"):
            rows += [_row(name, part, SEARCH_KEYS) for name, part in search[group].items()]
        tables.append((title, SEARCH_HEADS, rows))
    if intents := report.get("intents"):
        row = (
            "tất cả",
            _percent(intents["accuracy"]),
            _percent(intents["macro_f1"]),
            f"{intents['ms']:.1f}",
        )
        title = f"Ý định: {intents['n']} câu, kiểm tra chéo"
        tables.append((title, ("", "đúng", "F1 trung bình", "ms"), [row]))
        tables.append(_wrong("Ý định lẫn với ý định", intents["wrong"]))
    return tables


def _wrong(title: str, counts: dict[str, int]) -> Table:
    return title, ("", "số lần"), [(pair, str(count)) for pair, count in list(counts.items())[:12]]


def _row(name: str, figures: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    return (name, *(_percent(figures[key]) for key in keys))


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"
