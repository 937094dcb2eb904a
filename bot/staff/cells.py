"""Text for a table that a spreadsheet opens: never a formula, never turned around."""

from __future__ import annotations

import re

# A spreadsheet takes what begins with one of these for a formula (a full-width one too).
FORMULA = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
# Marks that turn the direction of what follows: a name could look like another.
TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def upright(text: str) -> str:
    """The text without marks that turn its direction."""
    return TURNING.sub("", text)


def safe_cell(value: object) -> str:
    """A cell of CSV or XLSX; what would be a formula begins with an apostrophe."""
    text = CONTROLS.sub("", upright(str(value)))
    return f"'{text}" if FORMULA.search(text) else text
