"""The evaluation's figures as text for a terminal."""

from __future__ import annotations

from typing import Any

from bot.evaluation.tables import Table, tables


def as_text(report: dict[str, Any]) -> str:
    """Plain lines."""
    return "\n\n".join("\n".join(_lines(table)) for table in tables(report))


def _lines(table: Table) -> list[str]:
    """Columns as wide as what stands in them."""
    rows = [table.heads, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.heads))]
    lines = [table.title]
    for row in rows:
        numbers = zip(row[1:], widths[1:], strict=True)
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in numbers)]
        lines.append("  ".join(cells).rstrip())
    return [*lines, table.note] if table.note else lines
