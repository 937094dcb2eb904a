"""`mam run`: all processes under one supervisor that restarts what dies, or one of them alone."""

from __future__ import annotations

import click

from bot.commands.django_ready import ready_database, setup_django
from bot.commands.parts import become_actions, become_rasa
from bot.site.environment import read_environment


@click.group(invoke_without_command=True)
@click.pass_context
def run(context: click.Context) -> None:
    """Khởi động Mầm và in địa chỉ để mở. Ctrl-C dừng tất cả.

    Ví dụ: mam run          (mọi tiến trình)
    Ví dụ: mam run courier  (một tiến trình, khi mỗi phần là một dịch vụ riêng)
    """
    if context.invoked_subcommand is None:
        # Here, not above: a part that comes back needs none of it.
        from bot.commands.supervise import run_all

        run_all(read_environment())


@run.command("rasa")
def run_rasa() -> None:
    """Riêng máy chủ Rasa."""
    become_rasa(read_environment())


@run.command("actions")
def run_actions() -> None:
    """Riêng máy chủ hành động."""
    become_actions(read_environment())


# The supervisor has made the database ready: a part that comes back need not look again.
prepared_option = click.option("--prepared", is_flag=True, hidden=True)


@run.command("web")
@prepared_option
def run_web(prepared: bool) -> None:
    """Riêng trang web: trò chuyện, bàn tư vấn, thư viện."""
    setup_django() if prepared else ready_database()
    import uvicorn

    settings = read_environment()
    uvicorn.run(
        "bot.site.asgi:application",
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
        proxy_headers=settings.is_public_https,
    )


@run.command("courier")
@prepared_option
def run_courier(prepared: bool) -> None:
    """Riêng người đưa thư: hộp đến, hộp đi, lịch việc."""
    setup_django() if prepared else ready_database()
    from bot.courier.process import main

    main()
