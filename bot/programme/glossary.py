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
    """`regional`: the word that we write → how it is said elsewhere; `only_with`: of these, what
    stands only where our own word stands too.
    """

    avoid: tuple[Avoided, ...] = ()
    regional: tuple[tuple[str, tuple[str, ...]], ...] = ()
    only_with: tuple[str, ...] = ()

    def avoided_in(self, line: str) -> list[Avoided]:
        """What a line says that it should not."""
        lower = line.lower()
        return [one for one in self.avoid if _holds(lower, one.word)]

    def regional_alone(self, text: str) -> list[tuple[str, str]]:
        """(word, the word that we write) of regional words that a text leaves unexplained."""
        lower = text.lower()
        return [
            (other, word)
            for word, others in self.regional
            for other in others
            if other in self.only_with and _holds(lower, other) and not _holds(lower, word)
        ]


def _holds(text: str, word: str) -> bool:
    return word in text and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def read_glossary(path: Path) -> Glossary:
    """Raises FileFault when the table is not in its form; a missing file is an empty table."""
    table = read_table(path)
    if not set(table) <= {"avoid", "regional", "only_with"}:
        raise FileFault(path, 1, "bảng từ cần các phần avoid, regional và only_with")
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
        tuple(table.get("only_with") or ()),
    )


@lru_cache(maxsize=1)
def shipped_glossary() -> Glossary:
    """The table of the repository, for texts that a trainer types."""
    return read_glossary(GLOSSARY)
