"""The kinds of service that help a family (data/programme/services.yml). Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import yaml

from bot.programme.hotlines import PROGRAMME, fill_hotlines

FILE = PROGRAMME / "services.yml"


@dataclass(frozen=True)
class Kind:
    """What a kind of service does and when to go there; `cost` is empty where no source tells."""

    key: str
    name: str
    does: str
    when: str
    bring: str
    cost: str
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Key → kind, in the order of the file, with the numbers of hotlines filled in."""
    table = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        key: Kind(
            key=key,
            **{
                name: fill_hotlines((row.get(name) or "").strip())
                for name in ("name", "does", "when", "bring", "cost")
            },
            sources=tuple(row["sources"]),
        )
        for key, row in table.items()
    }


def kind_named(text: str) -> str | None:
    """The key of a kind that is told by its key or its name."""
    wanted = text.strip().casefold()
    return next(
        (key for key, kind in kinds().items() if wanted in (key, kind.name.casefold())), None
    )
