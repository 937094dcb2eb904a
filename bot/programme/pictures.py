"""Mầm's own drawings: data/programme/pictures/*.svg for the web, *.png beside them for Telegram
(scripts/build_pictures.py), and which articles and cards show them (pictures.yml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path

import structlog
import yaml

from bot.programme.hotlines import PROGRAMME

FOLDER = PROGRAMME / "pictures"
TABLE = PROGRAMME / "pictures.yml"
logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Picture:
    """`title` stands below it; `alt` tells all that it shows; `slugs`: articles and cards."""

    name: str
    title: str
    alt: str
    slugs: tuple[str, ...]

    @property
    def svg(self) -> Path:
        return FOLDER / f"{self.name}.svg"

    @property
    def png(self) -> Path:
        return FOLDER / f"{self.name}.png"

    def as_attachment(self) -> dict[str, str]:
        """What an outbox row keeps of it; the file itself stays in the library."""
        return {
            "picture": self.name,
            "name": f"{self.name}.png",
            "media_type": "image/png",
            "alt": self.alt,
        }


@lru_cache(maxsize=1)
def all_pictures() -> dict[str, Picture]:
    """Every drawing by its name. One that cannot be read is left out and told in the log: no answer
    and no emergency card waits for a picture.
    """
    pictures = {}
    try:
        table = yaml.safe_load(TABLE.read_text(encoding="utf-8")) or {}
        for name, slugs in table.items():
            try:
                pictures[name] = _read(name, tuple(slugs or ()))
            except (OSError, TypeError, ValueError) as error:
                logger.error("picture_unreadable", picture=name, reason=type(error).__name__)
    except (OSError, yaml.YAMLError, AttributeError) as error:
        logger.error("pictures_unreadable", reason=type(error).__name__)
    return pictures


def pictures_of(slug: str) -> list[Picture]:
    """The drawings of an article or card, in the order of the table."""
    return [picture for picture in all_pictures().values() if slug in picture.slugs]


def _read(name: str, slugs: tuple[str, ...]) -> Picture:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")

    def part(tag: str) -> str:
        found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", text, re.DOTALL)
        return " ".join(unescape(found[1]).split()) if found else ""

    return Picture(name, part("title"), part("desc"), slugs)
