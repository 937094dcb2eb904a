"""A whole Mầm for tests: `mam run` as a user starts it, on a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.commands.train import is_trained, train_all

MAM = Path(sys.executable).with_name("mam")
UP_WITHIN_S = 240
DOWN_WITHIN_S = 40
# How a process of ours is known in the process list, once it is what it is to be.
MARKS = {
    "rasa": "-m rasa run",
    "actions": "bot.commands.actions_server",
    "web": "mam run web",
    "courier": "mam run courier",
}


@dataclass
class Running:
    """Where it is and how to speak to it."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def command(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """`mam …` against the same data folder."""
        return subprocess.run(
            [str(MAM), *arguments],
            input=text,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
            check=False,
        )

    def add_staff(self, name: str, role: str, password: str) -> None:
        done = self.command(
            "user", "add", name, "--role", role, "--password-stdin", text=password + "\n"
        )
        assert done.returncode == 0, done.stderr

    def pids(self, part: str) -> list[int]:
        """The processes of a part, below this one's supervisor."""
        listing = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listing.splitlines()]
        above = {int(pid): int(parent) for pid, parent, _ in rows}

        def is_ours(pid: int) -> bool:
            while pid in above:
                if pid == self.process.pid:
                    return True
                pid = above[pid]
            return False

        return [int(pid) for pid, _, args in rows if MARKS[part] in args and is_ours(int(pid))]

    def kill(self, part: str) -> int:
        """SIGKILL, once the part is there; gives its number."""
        pid = wait_for(lambda: self.pids(part), 30)[0]
        os.kill(pid, signal.SIGKILL)
        return int(pid)

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(DOWN_WITHIN_S)


def wait_for(seen: Callable[[], Any], seconds: float) -> Any:
    """The first true value of `seen()`. Raises AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := seen():
            return value
        time.sleep(0.1)
    raise AssertionError(f"not seen within {seconds} s")


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(data_dir: Path, **settings: str) -> Running:
    """Starts `mam run` and waits until it is ready. Raises AssertionError with the log's end when
    it is not.
    """
    if not is_trained():
        train_all()
    port = int(settings.get("MAM_PORT") or free_port())
    environment = {**os.environ, "MAM_DATA_DIR": str(data_dir), **settings, "MAM_PORT": str(port)}
    log = data_dir.with_suffix(".log")
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(MAM), "run"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    running = Running(f"http://127.0.0.1:{port}", data_dir, process, environment)
    end = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < end and process.poll() is None:
        if running.is_ready():
            return running
        time.sleep(0.5)
    if process.poll() is None:
        running.stop()
    raise AssertionError(f"mam run did not get ready:\n{log.read_text(errors='replace')[-3000:]}")
