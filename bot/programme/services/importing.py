"""Files into the library, three-way: what was shipped before, what is shipped now, what was edited
here.

A row that a trainer edited is kept, listed, and never overwritten in silence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from bot.programme.errors import FileFault
from bot.programme.files import ContentFile, parse, serialise
from bot.programme.hotlines import PROGRAMME
from bot.programme.models import Article, EmergencyCard, LibraryVersion, Source
from bot.programme.rows import to_file, write_row
from bot.programme.services.bulk import index_rows, indexes_later
from bot.programme.tables import read_table

SOURCE_KEYS = ("title", "publisher", "year", "url", "checked")


@dataclass
class ImportReport:
    """Slugs by what became of them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    # Edited here, and shipped anew: kept as edited; the new text waits on the row.
    kept: list[str] = field(default_factory=list)


def load_shipped_if_new() -> None:
    """Loads the shipped library unless this very one was loaded before. Quick when nothing changed."""  # noqa: E501
    from bot.programme.models import ShippedLibrary

    digest = _digest(PROGRAMME)
    if not ShippedLibrary.objects.filter(digest=digest).exists():
        with transaction.atomic():
            load_shipped()
            ShippedLibrary.objects.all().delete()
            ShippedLibrary.objects.create(digest=digest)


def load_shipped() -> ImportReport:
    """Imports data/programme."""
    return import_library(PROGRAMME)


@transaction.atomic
def import_library(folder: Path, *, is_release: bool = True) -> ImportReport:
    """Imports a folder as INTERFACES.md describes it, all of it or nothing. Raises FileFault.

    `is_release` False: the files are a trainer's own edit and replace the rows whatever was edited
    here.
    """
    report = ImportReport()
    written: list[Article | EmergencyCard] = []
    with indexes_later():
        sources = _import_sources(folder / "sources.yml")
        for path in sorted((folder / "articles").rglob("*.md")):
            written += _import_one(Article, path, sources, report, is_release)
        for path in sorted((folder / "emergency").glob("*.md")):
            written += _import_one(EmergencyCard, path, sources, report, is_release)
    index_rows(written, list(sources.values()))
    return report


@transaction.atomic
def take_newer(row: Article | EmergencyCard) -> None:
    """Replaces what was edited here by the newer text of the release. Raises FileFault."""
    path = Path(f"{row.slug}.md")
    content = parse(row.newer_shipped_text, path, is_card=isinstance(row, EmergencyCard))
    row.shipped_text, row.newer_shipped_text = row.newer_shipped_text, ""
    _write(row, content, {source.key: source for source in Source.objects.all()}, path)


@transaction.atomic
def leave_newer(row: Article | EmergencyCard) -> None:
    """Keeps what was edited here; the release's text counts as seen."""
    row.shipped_text, row.newer_shipped_text = row.newer_shipped_text, ""
    row.save(update_fields=["shipped_text", "newer_shipped_text"])


def _import_one(
    model: type[Article] | type[EmergencyCard],
    path: Path,
    sources: dict[str, Source],
    report: ImportReport,
    is_release: bool,
) -> list[Article] | list[EmergencyCard]:
    """The row, when it was written."""
    is_card = model is EmergencyCard
    text = path.read_text(encoding="utf-8")
    content = parse(text, path, is_card=is_card)
    row = model.objects.filter(slug=content.slug).first()
    if row is None:
        row = model()
        report.added.append(content.slug)
    else:
        here = serialise(to_file(row), is_card=is_card)
        if here == text and row.shipped_text == text:
            report.unchanged.append(content.slug)
            return []
        edited_here = here not in {row.shipped_text, text}
        if is_release and edited_here:
            if row.shipped_text != text:
                row.newer_shipped_text = text
                row.save(update_fields=["newer_shipped_text"])
            report.kept.append(content.slug)
            return []
        report.changed.append(content.slug)
    if is_release:
        row.shipped_text, row.newer_shipped_text = text, ""
    _write(row, content, sources, path)
    return [row]  # type: ignore[return-value]


def _write(
    row: Article | EmergencyCard, content: ContentFile, sources: dict[str, Source], path: Path
) -> None:
    try:
        write_row(row, content, sources)
    except KeyError as error:
        raise FileFault(path, 2, f"nguồn {error} không có trong sources.yml") from error


def _import_sources(path: Path) -> dict[str, Source]:
    rows = read_table(path)
    for key, row in rows.items():
        if not isinstance(row, dict) or set(row) != set(SOURCE_KEYS):
            raise FileFault(path, 1, f"nguồn {key} cần đúng các mục {', '.join(SOURCE_KEYS)}")
    Source.objects.bulk_create(
        [Source(key=key, **row) for key, row in rows.items()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=list(SOURCE_KEYS),
    )
    return {source.key: source for source in Source.objects.all()}


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def bump_version() -> None:
    """Tells every process that the library changed; inside the transaction of the change."""
    from django.db.models import F

    LibraryVersion.objects.get_or_create(pk=1)
    LibraryVersion.objects.filter(pk=1).update(number=F("number") + 1)
