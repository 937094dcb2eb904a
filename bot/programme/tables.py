"""The YAML tables of a library folder, and where a thing stands in one of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.programme.errors import FileFault
from bot.programme.files import FASTEST


def read_table(path: Path) -> dict[str, Any]:
    """Key → row; a missing or empty file is an empty table. Raises FileFault with the line."""
    if not path.is_file():
        return {}
    try:
        table = yaml.load(path.read_text(encoding="utf-8"), FASTEST)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FileFault(path, mark.line + 1 if mark else 1, "bảng không đọc được") from error
    if table is None:
        return {}
    if not isinstance(table, dict):
        raise FileFault(path, 1, "bảng cần mỗi dòng một mục: khoá và nội dung")
    return table


def line_of(path: Path, needle: str) -> int:
    """The first line, from 1, that holds the words; 1 when none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if needle in line), 1)
