"""`mam doctor`: looks at the installation part by part and says what to do about what fails."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import click

from bot.commands.django_ready import ready_database

GIB = 1024**3
Check = Callable[[], str]


class Ailing(Exception):
    """A part is not well; the text says what to do."""


@click.command()
def doctor() -> None:
    """Kiểm tra bản cài đặt từng phần và nói cách chữa.  Ví dụ: mam doctor"""
    checks: dict[str, Check] = {
        "Python": _python,
        "cài đặt": _settings,
        "đĩa": _disk,
        "cơ sở dữ liệu": _database,
        "thư viện": _library,
        "mô hình": _model,
        "véc-tơ câu": _encoder,
        "Telegram": _telegram,
    }
    failed = 0
    for name, check in checks.items():
        try:
            click.echo(f"  ổn    {name}: {check()}")
        except Ailing as error:
            failed += 1
            click.echo(f"  HỎNG  {name}: {error}")
        except Exception as error:
            failed += 1
            click.echo(f"  HỎNG  {name}: {type(error).__name__}: {error}")
    if failed:
        raise click.ClickException(f"{failed} phần chưa ổn")


def _python() -> str:
    if sys.version_info[:2] != (3, 10):
        raise Ailing("cần CPython 3.10: xoá .venv rồi chạy make setup")
    return sys.version.split()[0]


def _settings() -> str:
    from bot.site.environment import read_environment

    mam = read_environment()
    unset = [
        name
        for name, value in (("MAM_ORGANISATION", mam.organisation), ("MAM_CONTACT", mam.contact))
        if "chưa điền" in value
    ]
    return f"dữ liệu ở {mam.data_dir}" + (f"; nên đặt {', '.join(unset)}" if unset else "")


def _disk() -> str:
    from bot.site.environment import read_environment

    free = shutil.disk_usage(read_environment().data_dir).free
    if free < GIB:
        raise Ailing(f"chỉ còn {free / GIB:.1f} GiB: dọn bớt đĩa")
    return f"còn {free / GIB:.0f} GiB"


def _database() -> str:
    ready_database()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return str(connection.vendor)


def _library() -> str:
    from bot.programme.models import Article, EmergencyCard

    articles, cards = (
        Article.objects.filter(live=True).count(),
        EmergencyCard.objects.filter(live=True).count(),
    )
    if not articles or not cards:
        raise Ailing("trống: chạy mam library import data/programme")
    return f"{articles} bài, {cards} thẻ cấp cứu"


def _model() -> str:
    from bot.commands.fingerprint import model_file
    from bot.commands.train import is_trained

    if not is_trained():
        raise Ailing("chưa có mô hình hợp với dữ liệu: chạy mam train")
    return model_file().name


def _encoder() -> str:
    from bot.nlu.encoder import encode

    return f"{encode('bé ngủ ngon').shape[0]} chiều"


def _telegram() -> str:
    import httpx

    from bot.site.environment import read_environment

    mam = read_environment()
    if not mam.telegram_token:
        return "không dùng (chưa đặt TELEGRAM_BOT_TOKEN)"
    try:
        status = httpx.get(
            f"{mam.telegram_api}/bot{mam.telegram_token}/getMe", timeout=10
        ).status_code
    except httpx.HTTPError as error:
        raise Ailing(f"không tới được máy chủ Telegram ({type(error).__name__})") from error
    if status != httpx.codes.OK:
        raise Ailing(f"Telegram từ chối mã bot (mã {status}): xem lại TELEGRAM_BOT_TOKEN")
    return "mã bot hợp lệ"
