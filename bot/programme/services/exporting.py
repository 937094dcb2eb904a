"""The library as files, in the form that import reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from bot.programme.files import serialise
from bot.programme.hotlines import PROGRAMME
from bot.programme.models import Article, EmergencyCard, Source
from bot.programme.rows import to_file

TABLES = ("hotlines.yml", "glossary.yml", "first_topics.yml")


def export_library(folder: Path) -> int:
    """Writes every article, card and source under `folder`; returns how many articles and cards."""
    count = 0
    # modelcluster prefetches by one expression of all rows, which SQLite refuses from 1,000 on.
    for article in Article.objects.all():
        _write(
            folder / "articles" / article.domain / f"{article.slug}.md", serialise(to_file(article))
        )
        count += 1
    for card in EmergencyCard.objects.all():
        _write(folder / "emergency" / f"{card.slug}.md", serialise(to_file(card), is_card=True))
        count += 1
    _write(folder / "sources.yml", sources_text())
    for name in TABLES:
        if (PROGRAMME / name).is_file():
            shutil.copyfile(PROGRAMME / name, folder / name)
    return count


def sources_text() -> str:
    """sources.yml in canonical form: by key, each in the order of its fields."""
    rows = {
        source.key: {
            "title": source.title,
            "publisher": source.publisher,
            "year": source.year,
            "url": source.url,
            "checked": source.checked,
        }
        for source in Source.objects.order_by("key")
    }
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=10**9) if rows else ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
