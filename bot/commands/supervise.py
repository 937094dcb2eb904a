"""Starts every process under one supervisor, and tells when each is ready."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click
import httpx
from rich.console import Console

from bot.commands.django_ready import ready_database
from bot.commands.parts import PARTS, inner_addresses, log_folder
from bot.site.environment import Environment

READY_WITHIN_S = 180


def run_all(settings: Environment) -> None:
    """Prepares, starts the supervisor, tells when each part is ready, waits until it ends."""
    from bot.commands.train import is_trained, train_all

    _refuse_taken_port(settings)
    ready_database()
    if not is_trained():
        click.echo(
            "Chưa có mô hình hợp với dữ liệu: huấn luyện một lần (khoảng hai phút).", err=True
        )
        train_all()
    _first_admin()
    addresses = inner_addresses(settings)
    configuration = write_supervisor_configuration(settings)
    supervisor = subprocess.Popen(  # noqa: S603
        [
            sys.executable,
            "-m",
            "supervisor.supervisord",
            "--nodaemon",
            "--configuration",
            str(configuration),
        ],
        env={**os.environ, **addresses},
        stdout=subprocess.DEVNULL,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        supervisor.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    _tell_when_ready(settings, addresses, supervisor)
    sys.exit(supervisor.wait())


def write_supervisor_configuration(settings: Environment) -> Path:
    """The path of supervisord's configuration. Parts that run elsewhere are left out."""
    logs = log_folder(settings)
    folder = settings.data_dir / "run"
    folder.mkdir(exist_ok=True)
    sections = [
        "[supervisord]",
        f"logfile={logs / 'supervisor.log'}",
        f"pidfile={folder / 'supervisor.pid'}",
        "loglevel=info",
        "minfds=1024",
    ]
    mam = Path(sys.executable).with_name("mam")
    prepared = dict.fromkeys(("web", "courier"), " --prepared")
    for part in _parts_here(settings):
        sections += [
            f"[program:{part}]",
            f"command={sys.executable} {mam} run {part}{prepared.get(part, '')}",
            "autorestart=true",
            # With a number of seconds supervisord would wait longer after each quick exit, and give
            # up after three: whoever is killed often would be away for long.
            "startsecs=0",
            "stopwaitsecs=10",
            "stopasgroup=true",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={logs / part}.log",
            "stdout_logfile_maxbytes=10MB",
            "stdout_logfile_backups=3",
        ]
    path = folder / "supervisord.conf"
    path.write_text("\n".join(sections).replace("%", "%%") + "\n", encoding="utf-8")
    return path


def _parts_here(settings: Environment) -> list[str]:
    elsewhere = {"rasa": settings.rasa_url, "actions": settings.actions_url}
    return [part for part in PARTS if not elsewhere.get(part)]


def is_ready(
    part: str, settings: Environment, addresses: dict[str, str], client: httpx.Client
) -> bool:
    """One quick look at a part; False when it does not answer yet."""
    token = addresses["MAM_INNER_TOKEN"]
    look = {
        "rasa": (f"{addresses['MAM_RASA_URL']}/status", {"token": token}),
        "actions": (f"{addresses['MAM_ACTIONS_URL']}/health", {}),
        "web": (f"http://{settings.host}:{settings.port}/healthz", {}),
    }
    if part == "courier":
        from bot.courier.heartbeat import is_alive

        return is_alive(settings.data_dir)
    url, query = look[part]
    try:
        return client.get(url, params=query, timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _tell_when_ready(
    settings: Environment, addresses: dict[str, str], supervisor: subprocess.Popen[bytes]
) -> None:
    waiting, started = set(PARTS), time.monotonic()
    with httpx.Client() as client, Console(stderr=True).status("Đang khởi động …"):
        while waiting and supervisor.poll() is None and time.monotonic() - started < READY_WITHIN_S:
            for part in [part for part in PARTS if part in waiting]:
                if is_ready(part, settings, addresses, client):
                    waiting.discard(part)
                    click.echo(f"  {part:8} sẵn sàng sau {time.monotonic() - started:.0f} giây")
            time.sleep(0.3)
    if supervisor.poll() is not None:
        return
    for part in sorted(waiting):
        click.echo(f"  {part:8} chưa trả lời; xem {log_folder(settings) / part}.log", err=True)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(
        f"\nTrò chuyện:   {base}/\nBàn tư vấn:   {base}/console/\nThư viện:     {base}/library/",
        nl=True,
    )
    click.echo(
        "Telegram:     "
        + ("đang nhận tin" if settings.telegram_token else "chưa đặt TELEGRAM_BOT_TOKEN")
    )
    click.echo("Ctrl-C để dừng.")
    sys.stdout.flush()


def _first_admin() -> None:
    from django.contrib.auth.models import User

    from bot.staff.accounts import add_staff

    if User.objects.exists():
        return
    password = secrets.token_urlsafe(12)
    add_staff("admin", role="admin", password=password)
    click.echo(f"Tài khoản đầu tiên: admin, mật khẩu (chỉ hiện một lần): {password}")


def _refuse_taken_port(settings: Environment) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"cổng {settings.port} của {settings.host} đang bận: đặt MAM_PORT khác ({error.strerror})"  # noqa: E501
            ) from error
