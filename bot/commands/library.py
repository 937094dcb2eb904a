"""`mam library`: the articles as Markdown files and back, checked, counted."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.commands.coverage import coverage_command
from bot.commands.django_ready import ready_database, setup_django
from bot.commands.paths import PROGRAMME


@click.group()
def library() -> None:
    """Thư viện bài viết: tệp Markdown vào và ra, kiểm tra, đếm, câu hỏi nào đã có bài."""


library.add_command(coverage_command)


@library.command("import")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_command(path: Path) -> None:
    """Đưa một thư mục bài viết vào thư viện.  Ví dụ: mam library import data/programme"""
    ready_database()
    from bot.programme.errors import ProgrammeError
    from bot.programme.services import import_library

    try:
        report = import_library(path, is_release=path.resolve() == PROGRAMME)
    except ProgrammeError as error:
        raise click.ClickException(error.user_message) from error
    click.echo(
        f"thêm {len(report.added)}, đổi {len(report.changed)}, như cũ {len(report.unchanged)}"
    )
    for slug in report.kept:
        click.echo(f"giữ bản đã sửa ở đây, bản mới chờ xem: {slug}")


@library.command("export")
@click.argument("path", type=click.Path(file_okay=False, path_type=Path))
def export_command(path: Path) -> None:
    """Ghi cả thư viện ra tệp.  Ví dụ: mam library export /tmp/thu-vien"""
    ready_database()
    from bot.programme.services import export_library

    click.echo(f"{export_library(path)} tệp", err=True)


@library.command("check")
@click.argument(
    "path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--notes", is_flag=True, help="Nêu cả điều cần để mắt: nguồn cũ, quá hạn xem lại.")
def check_command(path: Path | None, notes: bool) -> None:
    """Kiểm tra tệp: nêu tệp, dòng và lỗi.  Ví dụ: mam library check --notes"""
    setup_django()
    from django.utils import timezone

    from bot.programme.check import check_folder
    from bot.programme.notes import folder_notes

    folder = path or PROGRAMME
    faults = check_folder(folder)
    for fault in faults:
        click.echo(fault.user_message)
    watched = folder_notes(folder, timezone.localdate())
    for note in watched:
        if notes or not note.can_wait:
            click.echo(f"lưu ý: {note.user_message}")
    if faults:
        raise click.ClickException(f"{len(faults)} lỗi trong thư viện")
    waiting = sum(note.can_wait for note in watched)
    click.echo(
        "Thư viện không có lỗi."
        + (f" {waiting} điều để mắt khi rảnh: --notes." if waiting and not notes else ""),
        err=True,
    )


@library.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Dạng JSON.")
def stats_command(as_json: bool) -> None:
    """Đếm bài theo lĩnh vực, tuổi, tình trạng duyệt, quá hạn.  Ví dụ: mam library stats"""
    ready_database()
    from bot.programme.stats import library_stats

    stats = library_stats()
    if as_json:
        click.echo(json.dumps(stats, ensure_ascii=False))
        return
    for name, value in stats.items():
        shown = (
            ", ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else value
        )
        click.echo(f"{name:14} {shown}")
