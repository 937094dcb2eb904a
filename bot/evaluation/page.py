"""The evaluation's figures as one HTML page: nothing is fetched from anywhere, no script."""

from __future__ import annotations

import html
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.evaluation.charts import charts
from bot.evaluation.tables import MET, MISSED, Table, tables

STYLE = Path(__file__).with_name("page.css")
PARTS = {
    "met": "Mức phải đạt",
    "screen": "Bộ lọc nguy hiểm",
    "screen_without_encoder": "Bộ lọc không có bộ mã hoá",
    "screen_everyday": "Bộ lọc, câu hỏi thường ngày",
    "search": "Tìm bài",
    "paired_screen": "Bộ lọc, viết kiểu khác",
    "paired_intents": "Ý định, viết kiểu khác",
    "paired_entities": "Thực thể, không dấu",
    "paired_search": "Tìm bài, viết kiểu khác",
    "entities": "Thực thể",
    "intents": "Ý định",
    "restoration": "Bỏ dấu lại",
    "times": "Thời gian",
    "sizes": "Cỡ dữ liệu",
    "worse": "Kém hơn trước",
}


def as_html(report: dict[str, Any]) -> str:
    """Sections by part, with charts between heading and tables."""
    links, sections = [], []
    for part, own in groupby(tables(report), key=lambda table: table.part):
        name = html.escape(PARTS[part])
        links.append(f'<a href="#{part}">{name}</a>')
        body = "".join(charts(report, part)) + "".join(map(_table, own))
        sections.append(f'<section id="{part}"><h2>{name}</h2>{body}</section>')
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Mầm: đánh giá</title><style>{STYLE.read_text(encoding='utf-8')}</style>"
        f"<h1>Mầm: đánh giá</h1><nav>{''.join(links)}</nav><main>{''.join(sections)}</main></html>"
    )


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in _heads(table))
    body = "".join(map(_matrix_row if table.is_matrix else partial(_row, table), table.rows))
    kind = ' class="matrix"' if table.is_matrix else ""
    note = f"<p>{html.escape(table.note)}</p>" if table.note else ""
    return (
        f'<h3>{html.escape(table.title)}</h3>{note}<div class="wide" tabindex="0">'
        f"<table{kind}><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heads(table: Table) -> list[str]:
    """A matrix has the names of its rows above its columns, upright."""
    if not table.is_matrix:
        return [html.escape(head) for head in table.heads]
    return ["", *(f"<span>{html.escape(row[0])}</span>" for row in table.rows)]


def _row(table: Table, row: tuple[str, ...]) -> str:
    cells = zip(table.heads[1:], row[1:], strict=True)
    own = "".join(_cell(head, cell, is_bar=table.part == "met") for head, cell in cells)
    return f'<tr><th scope="row">{html.escape(row[0])}</th>{own}</tr>'


def _cell(head: str, cell: str, *, is_bar: bool) -> str:
    """A share has a band as long as it is, but among the bars."""
    share, is_share, _ = cell.partition(" %")
    style = f' style="--share:{share}%"' if is_share and not is_bar else ""
    verdict = {MET: ' class="met"', MISSED: ' class="missed"'}.get(cell, "")
    return f'<td data-head="{html.escape(head)}"{verdict}{style}>{html.escape(cell)}</td>'


def _matrix_row(row: tuple[str, ...]) -> str:
    """The darker a cell, the more of its row stand there."""
    counts = [int(cell) if cell.isdigit() else 0 for cell in row[1:]]
    shares = [count / max(1, sum(counts)) for count in counts]
    cells = "".join(
        f'<td style="--part:{share:.3f}">{html.escape(cell)}</td>'
        for share, cell in zip(shares, row[1:], strict=True)
    )
    name = html.escape(row[0]).replace("_", "_<wbr>")
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
