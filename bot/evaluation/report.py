"""The evaluation's figures as text for a terminal and as one HTML page."""

from __future__ import annotations

import html
from typing import Any

from bot.evaluation.intervals import wilson

SCREEN_HEADS = ("kiểu viết", "bắt được", "báo nhầm", "đúng nhãn")
SCREEN_KEYS = ("recall", "false_alarms", "exact")
SEARCH_HEADS = ("nhóm", "đúng đầu", "trong 3", "MRR", "từ chối nhầm", "từ chối đúng")
SEARCH_KEYS = ("top1", "top3", "mrr", "refused_wrongly", "refused_rightly")
ENTITY_HEADS = ("loại", "tìm thấy", "tìm đúng", "F1")
ENTITY_KEYS = ("recall", "precision", "f1")
PAIRED = (
    ("paired_screen", "Bộ lọc, cùng tin viết kiểu khác", SCREEN_HEADS, SCREEN_KEYS),
    ("paired_search", "Tìm bài, cùng câu viết kiểu khác", SEARCH_HEADS, SEARCH_KEYS),
)
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def as_text(report: dict[str, Any]) -> str:
    """Plain lines."""
    lines: list[str] = []
    for title, heads, rows in _tables(report):
        lines += ["", title]
        for row in [heads, *rows]:
            lines.append(f"{row[0]:26}" + "".join(f"{cell:>18}" for cell in row[1:]))
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
    share = cell.split(" %")[0] if number and " %" in cell else ""
    style = f' style="--share:{share}%"' if share else ""
    return f"<td{style}>{html.escape(cell)}</td>"


def _tables(report: dict[str, Any]) -> list[Table]:
    tables: list[Table] = []
    for part, how in (("screen", ""), ("screen_without_encoder", " (không có bộ mã hoá)")):
        screen = report.get(part)
        if not screen:
            continue
        title = (
            f"Bộ lọc nguy hiểm{how}: {screen['n']} tin, "
            f"trung vị {screen['ms_median']:.1f} ms một tin"
        )
        rows = [_row("tất cả", screen, SCREEN_KEYS)]
        rows += [_row(name, part, SCREEN_KEYS) for name, part in screen["styles"].items()]
        rows += [_row(name, part, SCREEN_KEYS) for name, part in screen["labels"].items()]
        tables.append((title, SCREEN_HEADS, rows))
        tables.append(_confusion(screen["confusion"]))
        tables.append(_wrong("Nhãn lẫn với nhãn", screen["wrong"]))
    for name, title, heads, keys in PAIRED:
        if paired := report.get(name):
            rows = [_row("như đã viết", paired["written"], keys)]
            rows += [_row(way, figures, keys) for way, figures in paired["rewritten"].items()]
            tables.append((f"{title}: {paired['n']} tin", heads, rows))
    if search := report.get("search"):
        title = f"Tìm bài: {search['n']} câu, trung vị {search['ms_median']:.1f} ms một câu"
        rows = [_row("tất cả", search, SEARCH_KEYS)]
        for group in ("styles", "domains"):
            rows += [_row(name, part, SEARCH_KEYS) for name, part in search[group].items()]
        tables.append((title, SEARCH_HEADS, rows))
    if entities := report.get("entities"):
        title = (
            f"Thực thể: {entities['n']} tin, {entities['ms']:.1f} ms một tin; "
            f"tuổi đúng từng tháng {_percent(entities['age_exact'])}"
        )
        rows = [_row("tất cả", entities, ENTITY_KEYS)]
        rows += [_row(name, part, ENTITY_KEYS) for name, part in entities["kinds"].items()]
        tables.append((title, ENTITY_HEADS, rows))
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
    if worse := report.get("worse"):
        title = "Kém hơn bản phát hành trước (hơn một điểm)"
        tables.append((title, ("số liệu",), [(line,) for line in worse]))
    return tables


def _confusion(counts: dict[str, dict[str, int]]) -> Table:
    """Rows: what a person said; columns: what was found."""
    names = sorted({*counts, *(name for found in counts.values() for name in found)})
    rows = [
        (told, *(str(counts.get(told, {}).get(name, 0) or "·") for name in names)) for told in names
    ]
    return "Ma trận nhãn (hàng: người ghi, cột: Mầm thấy)", ("", *map(_short, names)), rows


def _short(name: str) -> str:
    """ "medical_emergency" → "med.eme"."""
    return ".".join(part[:3] for part in name.split("_"))


def _wrong(title: str, counts: dict[str, int]) -> Table:
    return title, ("", "số lần"), [(pair, str(count)) for pair, count in list(counts.items())[:12]]


def _row(name: str, figures: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    counts = figures.get("counts", {})
    return (name, *(_percent(figures[key], counts.get(key)) for key in keys))


def _percent(value: float | None, n: int | None = None) -> str:
    """With the 95 % interval where it is known on how many it was measured."""
    if value is None:
        return "–"
    if not n:
        return f"{value * 100:.1f} %"
    low, high = wilson(value, n)
    return f"{value * 100:.1f} % ({low * 100:.0f}–{high * 100:.0f})"
