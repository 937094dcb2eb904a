"""Labelled questions of the search's test sets, as their files hold them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

NONE = "none"


@dataclass(frozen=True)
class Asked:
    """A labelled question; `slug` is `none` where no article answers it, and the best of several
    where more than one does. `danger`: the danger screen's label, empty where none is given.
    """

    slugs: tuple[str, ...]
    style: str
    child_months: int | None
    text: str
    danger: str = ""

    @property
    def slug(self) -> str:
        return self.slugs[0]


def read_asked(path: Path) -> list[Asked]:
    """The rows of a TSV with the columns slug, style, child_months, text; in some also danger."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Asked(
                tuple(row["slug"].split("|")),
                row["style"],
                int(row["child_months"]) if row["child_months"] else None,
                row["text"],
                row.get("danger", ""),
            )
            for row in rows
        ]
