"""`mam demo`: an invented organisation to try the console with. Never touches real data."""

from __future__ import annotations

import secrets
import time
from functools import lru_cache
from math import inf

import click

from bot.commands.django_ready import ready_database


@click.group()
def demo() -> None:
    """Dữ liệu giả để thử bàn tư vấn."""


@demo.command("seed")
@click.option("--cases", type=click.IntRange(1, 20_000), default=2000, help="Số ca; mặc định 2000.")
@click.option(
    "--messages",
    type=click.IntRange(0, 2_000_000),
    default=200_000,
    help="Số tin nhắn; mặc định 200000.",
)
@click.option("--seed", type=int, default=1, help="Cùng số, cùng dữ liệu; mặc định 1.")
@click.option("--yes", is_flag=True, help="Đồng ý ghi dữ liệu giả vào cơ sở dữ liệu này.")
def seed(cases: int, messages: int, seed: int, yes: bool) -> None:
    """Ghi gia đình, ca và tin nhắn giả vào một cơ sở dữ liệu trống.

    Ví dụ: MAM_DATA_DIR=/tmp/mam-thu mam demo seed --yes
    """
    if not yes:
        raise click.ClickException("thêm --yes để ghi dữ liệu giả vào cơ sở dữ liệu này")
    ready_database()
    refuse_where_it_is_real()
    from django.utils import timezone

    from bot.commands.invented.writing import Wanted, write_invented
    from bot.counselling.services import read_for_search
    from bot.nlu.personal import mask

    begun, password = time.monotonic(), secrets.token_urlsafe(12)
    write_invented(
        Wanted(cases, messages, seed), now=timezone.now(), password=password, progress=_tell
    )
    click.echo("lời để tìm …", err=True)
    # As a courier does little by little; invented parents say the same thing often.
    read_for_search(seconds=inf, mask_with=lru_cache(maxsize=None)(mask))
    click.echo(f"Xong sau {time.monotonic() - begun:.0f} giây. Mọi thứ ở đây là giả.", err=True)
    click.echo("Tài khoản: demo-tu-van-01 … demo-tu-van-12, demo-giam-sat-1, demo-giam-sat-2")
    click.echo(f"Mật khẩu chung (chỉ hiện một lần): {password}")


def refuse_where_it_is_real() -> None:
    """Raises ClickException where a family or a case is there already, or a Telegram bot is set."""
    from django.conf import settings

    from bot.counselling.invented import holds_invented_data
    from bot.counselling.models import Case
    from bot.families.models import Family

    if settings.MAM.telegram_token:
        raise click.ClickException("không ghi dữ liệu giả khi TELEGRAM_BOT_TOKEN được đặt")
    if holds_invented_data():
        raise click.ClickException("đã có dữ liệu giả ở đây; hãy dùng một MAM_DATA_DIR mới")
    if Family.objects.exists() or Case.objects.exists():
        raise click.ClickException("cơ sở dữ liệu này có gia đình hoặc ca thật; không ghi gì cả")


def _tell(what: str, done: int, of: int) -> None:
    if done == of or done % 20_000 == 0:
        click.echo(f"{what}: {done}/{of}", err=True)
