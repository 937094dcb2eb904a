"""The four processes of Mầm, and how each is started."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.commands.endpoints import write_endpoints
from bot.commands.fingerprint import model_file
from bot.commands.paths import CREDENTIALS
from bot.site.environment import ROOT, Environment

PARTS = ("rasa", "actions", "web", "courier")


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def inner_addresses(settings: Environment) -> dict[str, str]:
    """MAM_RASA_URL and MAM_ACTIONS_URL: as set, else on free loopback ports."""
    return {
        "MAM_RASA_URL": settings.rasa_url or f"http://127.0.0.1:{free_port()}",
        "MAM_ACTIONS_URL": settings.actions_url or f"http://127.0.0.1:{free_port()}",
        "MAM_INNER_TOKEN": settings.inner_token,
    }


def become_rasa(settings: Environment) -> None:
    """Replaces this process by the Rasa server. Raises ClickException when there is no model."""
    if not model_file().is_file():
        raise click.ClickException("chưa có mô hình hợp với dữ liệu: chạy mam train trước")
    if not settings.rasa_url or not settings.actions_url:
        raise click.ClickException(
            "MAM_RASA_URL và MAM_ACTIONS_URL phải được đặt khi chạy riêng từng phần"
        )
    environment = {
        **os.environ,
        "MAM_INNER_TOKEN": settings.inner_token,
        "RASA_TELEMETRY_ENABLED": "false",
        # Rasa prints parents' words at debug, so its level is fixed.
        **{f"LOG_LEVEL{suffix}": "INFO" for suffix in ("", "_RASA", "_LIBRARIES")},
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "OMP_NUM_THREADS": "1",
    }
    command = [
        *(sys.executable, "-m", "rasa", "run", "--enable-api", "--model", str(model_file())),
        *(
            "--interface",
            settings.inner_host,
            "--port",
            str(urlsplit(settings.rasa_url).port or 5005),
        ),
        *("--endpoints", str(write_endpoints(settings, settings.actions_url))),
        *("--credentials", str(CREDENTIALS)),
        # In one piece: a token may begin with a dash.
        f"--auth-token={settings.inner_token}",
    ]
    os.chdir(ROOT)
    os.execve(sys.executable, command, environment)  # noqa: S606


def become_actions(settings: Environment) -> None:
    """Replaces this process by the action server, on the inner host alone."""
    if not settings.actions_url:
        raise click.ClickException("MAM_ACTIONS_URL phải được đặt khi chạy riêng từng phần")
    environment = {
        **os.environ,
        "SANIC_HOST": settings.inner_host,
        "RASA_TELEMETRY_ENABLED": "false",
    }
    port = str(urlsplit(settings.actions_url).port or 5055)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "bot.commands.actions_server", "--port", port]
    os.execve(sys.executable, command, environment)  # noqa: S606


def log_folder(settings: Environment) -> Path:
    """Where the processes write their logs."""
    folder = settings.data_dir / "logs"
    folder.mkdir(exist_ok=True)
    return folder
