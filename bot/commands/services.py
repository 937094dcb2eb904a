"""`mam services`: the directory of places that help, from a spreadsheet and back."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.django_ready import ready_database


@click.group()
def services() -> None:
    """Danh mục nơi giúp: điền từ bảng tính (.xlsx, .csv) và xuất ra bảng tính."""


@services.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(file: Path) -> None:
    """Điền danh mục từ một bảng tính; một dòng sai thì không nhận gì.  Ví dụ: mam services import noi-giup.xlsx"""  # noqa: E501
    ready_database()
    from bot.counselling.services.places import import_services
    from bot.counselling.sheets import SheetRefused, read_sheet

    try:
        filled = import_services(read_sheet(file.read_bytes(), file.name))
    except SheetRefused as error:
        for fault in error.faults:
            click.echo(fault.user_message)
        raise click.ClickException(error.user_message) from error
    click.echo(f"thêm {filled.added}, đổi {filled.changed}, như cũ {filled.unchanged}")


@services.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--template", is_flag=True, help="Chỉ dòng đầu, làm tệp mẫu để điền.")
def export_command(file: Path, template: bool) -> None:
    """Ghi danh mục ra bảng tính.  Ví dụ: mam services export --template mau.xlsx"""
    ready_database()
    from bot.counselling.services.places import export_rows
    from bot.counselling.sheets import write_csv, write_xlsx

    forms = {".xlsx": write_xlsx, ".csv": write_csv}
    if file.suffix.lower() not in forms:
        raise click.UsageError("tên tệp cần kết thúc bằng .xlsx hoặc .csv")
    rows = [] if template else export_rows()
    file.write_bytes(forms[file.suffix.lower()](rows))
    click.echo(f"{len(rows)} nơi", err=True)
