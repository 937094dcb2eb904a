"""A message that asks of several things is parted where each finds an article of its own; one that
asks of one thing stays whole.
"""

import json
from pathlib import Path

import pytest

from bot.programme.parts import MOST_PARTS, search_parts

DATA = Path(__file__).resolve().parents[1] / "data/compound.jsonl"
# Measured on the data: 0.83 of the parts and 0.03 of the single ones.
PARTS_RIGHT = 0.79
WRONGLY_PARTED = 0.05


@pytest.mark.django_db
def test_parts_find_their_articles_and_single_questions_stay_whole() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    compound = [row for row in rows if len(row["parts"]) > 1]
    single = [row for row in rows if len(row["parts"]) == 1]
    assert min(len(compound), len(single)) >= 30
    assert len({row["style"] for row in rows}) >= 6
    wanted = sum(len(row["parts"]) for row in compound)
    found = sum(_right(row) for row in compound)
    parted = [row["text"] for row in single if _slugs(row)]
    assert found >= PARTS_RIGHT * wanted, f"{found} of {wanted}"
    assert len(parted) <= WRONGLY_PARTED * len(single), parted


def _slugs(row: dict[str, object]) -> list[str]:
    things = search_parts(str(row["text"]), child_months=row["child_months"])  # type: ignore[arg-type]
    assert len(things) <= MOST_PARTS
    return [asked.best.slug for asked in things]


def _right(row: dict[str, list[str]]) -> int:
    found = _slugs(row)  # type: ignore[arg-type]
    return sum(any(slug in part.split("|") for slug in found) for part in row["parts"])
