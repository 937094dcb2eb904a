"""The one table of phone numbers, data/programme/hotlines.yml, and its placeholders in texts."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

PROGRAMME = Path(__file__).resolve().parents[2] / "data/programme"
PLACEHOLDER = re.compile(r"\{hotline:([\w-]+)\}")


@lru_cache(maxsize=1)
def hotlines() -> dict[str, dict[str, Any]]:
    """Key → number, name, answers, hours, cost, region, source, checked."""
    content: dict[Any, dict[str, Any]] = yaml.safe_load(
        (PROGRAMME / "hotlines.yml").read_text(encoding="utf-8")
    )
    return {str(key): row for key, row in content.items()}


def fill_hotlines(text: str) -> str:
    """The text with numbers for placeholders. Raises KeyError for a key that the table has not."""
    return PLACEHOLDER.sub(lambda match: str(hotlines()[match[1]]["number"]), text)
