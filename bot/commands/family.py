"""`mam family`: one family's data, out or gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.commands.django_ready import ready_database

if TYPE_CHECKING:
    from bot.families.models import Family


@click.group()
def family() -> None:
    """Dữ liệu của một gia đình (ID là số của gia đình trong hệ thống)."""


@family.command("export")
@click.argument("family_id", metavar="ID", type=int)
def export(family_id: int) -> None:
    """In dữ liệu của gia đình ra JSON.  Ví dụ: mam family export 12 > gia-dinh-12.json"""
    ready_database(load_library=False)
    from bot.families.services import export_family

    click.echo(
        json.dumps(export_family(_find(family_id)), ensure_ascii=False, indent=2, default=str)
    )


@family.command("erase")
@click.argument("family_id", metavar="ID", type=int)
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def erase(family_id: int, yes: bool) -> None:
    """Xoá dữ liệu của gia đình: tin nhắn, hồ sơ, bộ nhớ hội thoại.  Ví dụ: mam family erase 12"""
    ready_database(load_library=False)
    from bot.families.services import erase_family

    found = _find(family_id)
    if not yes:
        click.confirm(
            f"Xoá mọi dữ liệu của gia đình {family_id}? Việc này không lấy lại được",
            abort=True,
            err=True,
        )
    erase_family(found)
    click.echo(f"Đã xoá gia đình {family_id}.", err=True)


def _find(family_id: int) -> Family:
    from bot.families.models import Family

    try:
        return Family.objects.get(pk=family_id)
    except Family.DoesNotExist as error:
        raise click.ClickException(f"không có gia đình số {family_id}") from error
