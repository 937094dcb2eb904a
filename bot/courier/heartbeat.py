"""A file that the courier touches while it works; others tell by it whether it lives."""

from __future__ import annotations

import time
from pathlib import Path

FRESH_S = 10.0


def beat(data_dir: Path) -> None:
    """Says that the courier works now."""
    (data_dir / "courier.alive").touch()


def is_alive(data_dir: Path) -> bool:
    """Whether a courier worked within the last ten seconds."""
    path = data_dir / "courier.alive"
    return path.is_file() and time.time() - path.stat().st_mtime < FRESH_S
