"""Mầm's inner processes for the time of one command, on a throw-away database or on the configured
one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
from rich.console import Console

from bot.commands.parts import inner_addresses, log_folder
from bot.commands.supervise import is_ready

UP_WITHIN_S = 180


@contextlib.contextmanager
def inner_processes(*, throw_away: bool) -> Iterator[None]:
    """Rasa, actions and courier, ready. With `throw_away` the whole data folder goes when the block
    ends.

    Raises ClickException when a process ends early or is not ready in time.
    """
    folder = tempfile.mkdtemp(prefix="mam-") if throw_away else None
    if folder:
        os.environ["MAM_DATA_DIR"] = folder
        for name in (
            "DATABASE_URL",
            "REDIS_URL",
            "TELEGRAM_BOT_TOKEN",
            "MAM_PUBLIC_URL",
            "MAM_COUNSELLOR_CHAT_ID",
        ):
            # Empty, not missing: a .env file must not bring it back.
            os.environ[name] = ""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        from bot.commands.django_ready import ready_database
        from bot.commands.train import is_trained, train_all
        from bot.site.environment import read_environment

        settings = read_environment()
        addresses = inner_addresses(settings)
        os.environ.update(addresses)
        if not is_trained():
            train_all()
        ready_database()
        with Console(stderr=True).status("Đang khởi động …"), httpx.Client() as client:
            for part in ("rasa", "actions", "courier"):
                log = log_folder(settings) / f"{part}.log"
                with log.open("ab") as file:
                    processes[part] = subprocess.Popen(  # noqa: S603
                        [sys.executable, str(Path(sys.executable).with_name("mam")), "run", part],
                        stdin=subprocess.DEVNULL,
                        stdout=file,
                        stderr=file,
                        start_new_session=True,
                    )
            _wait_until_ready(processes, settings, addresses, client)
        yield
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(processes, settings, addresses, client) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + UP_WITHIN_S
    waiting = set(processes)
    while waiting:
        for part in list(waiting):
            if processes[part].poll() is not None:
                log = (log_folder(settings) / f"{part}.log").read_text(
                    encoding="utf-8", errors="replace"
                )
                tail = "\n".join(log.splitlines()[-12:])
                raise click.ClickException(f"{tail}\n{part} dừng ngay khi khởi động")
            if is_ready(part, settings, addresses, client):
                waiting.discard(part)
        if time.monotonic() > end:
            raise click.ClickException(
                f"không sẵn sàng sau {UP_WITHIN_S} giây: {', '.join(sorted(waiting))}"
            )
        time.sleep(0.2)
