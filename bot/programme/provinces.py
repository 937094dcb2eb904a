"""The provinces of Viet Nam since July 2025 (data/programme/provinces.yml), and which one a sentence
names.
"""  # noqa: E501

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import yaml

from bot.programme.hotlines import PROGRAMME

# A province's name is also a girl's (Hà Giang, Trà Vinh): it counts after a word of place alone.
PLACE = r"(?:o|tai|tinh|tp|thanh pho|que|den|tu|ve)"


@lru_cache(maxsize=1)
def provinces() -> tuple[str, ...]:
    """The names, cities under the central government first."""
    return tuple(dict.fromkeys(_new_names().values()))


def province_in(text: str) -> str:
    """The province of today that a sentence names after a word of place ("ở Bình Dương"), with marks
    or without; the last one wins; empty when there is none.
    """  # noqa: E501
    found = _pattern().findall(_plain(text))
    return _new_names()[found[-1]] if found else ""


@lru_cache(maxsize=1)
def _new_names() -> dict[str, str]:
    """Each name in use, old ones too, without marks → today's name."""
    content = yaml.safe_load((PROGRAMME / "provinces.yml").read_text(encoding="utf-8"))
    return {
        _plain(name): row["name"]
        for row in content["provinces"]
        for name in (row["name"], *row.get("also", ()), *row["joined"])
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_new_names(), key=len, reverse=True))
    return re.compile(rf"\b{PLACE}\.? +({names})\b")


def _plain(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return re.sub(r"[\s-]+", " ", bare)
