"""Resident memory of our processes; the web server is started beside the others."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.running import MAM, MARKS, free_port

UP_WITHIN_S = 60


@contextlib.contextmanager
def web_server() -> Iterator[None]:
    """`mam run web` for the time of the block, asked once so that it is warm."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(MAM), "run", "web"],
        env={**os.environ, "MAM_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + UP_WITHIN_S
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{port}/", timeout=5).status_code == httpx.codes.OK:
                    break
            time.sleep(0.3)
        yield
    finally:
        process.terminate()
        process.wait(10)


def memory_mb() -> dict[str, float]:
    """Megabytes by part."""
    found: dict[str, float] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            text = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            pages = int((path / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        for part, mark in MARKS.items():
            if mark in text:
                found[part] = found.get(part, 0) + pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return found
