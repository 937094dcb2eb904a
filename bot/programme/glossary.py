"""The words that Mầm uses and avoids: data/programme/glossary.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.programme.errors import FileFault
from bot.programme.hotlines import PROGRAMME
from bot.programme.tables import read_table

GLOSSARY = PROGRAMME / "glossary.yml"
AVOID_KEYS = {"word", "say", "why"}


@dataclass(frozen=True)
class Avoided:
    """A word or phrase in lower case, what to say instead, and why."""

    word: str
    say: str
    why: str

    def fault(self) -> str:
        return f"từ nên tránh: «{self.word}» ({self.why}); nên viết: {self.say}"


@dataclass(frozen=True)
class Glossary:
    """`regional`: the word that we write → how it is said elsewhere."""

    avoid: tuple[Avoided, ...] = ()
    regional: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def avoided_in(self, line: str) -> list[Avoided]:
        """What a line says that it should not."""
        lower = line.lower()
        return [
            one
            for one in self.avoid
            if one.word in lower and re.search(rf"(?<!\w){re.escape(one.word)}(?!\w)", lower)
        ]


def read_glossary(path: Path) -> Glossary:
    """Raises FileFault when the table is not in its form; a missing file is an empty table."""
    table = read_table(path)
    if not set(table) <= {"avoid", "regional"}:
        raise FileFault(path, 1, "bảng từ cần các phần avoid và regional")
    avoid = table.get("avoid") or []
    regional = table.get("regional") or {}
    for row in avoid:
        if not isinstance(row, dict) or set(row) != AVOID_KEYS:
            raise FileFault(path, 1, f"mỗi từ nên tránh cần đúng word, say, why: {row}")
    for word, others in regional.items():
        if not isinstance(others, list):
            raise FileFault(path, 1, f"cách nói vùng miền của «{word}» phải là một danh sách")
    return Glossary(
        tuple(Avoided(row["word"].lower(), row["say"], row["why"]) for row in avoid),
        tuple((word, tuple(others)) for word, others in regional.items()),
    )


@lru_cache(maxsize=1)
def shipped_glossary() -> Glossary:
    """The table of the repository, for texts that a trainer types."""
    return read_glossary(GLOSSARY)
