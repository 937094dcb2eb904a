"""The file by which the web process tells whether Telegram answers (`/readyz`)."""

from __future__ import annotations

from pathlib import Path


class Readiness:
    """`telegram.ready` in the data folder: "ok", or the name of the last failure."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "telegram.ready"
        self._written: str | None = None

    def forget(self) -> None:
        """At start nothing is known."""
        self._path.unlink(missing_ok=True)

    def ready(self) -> None:
        self._write("ok")

    def failed(self, reason: str) -> None:
        """A failure before the first success leaves the file away: we were never ready."""
        if self._path.is_file():
            self._write(reason)

    def _write(self, text: str) -> None:
        if self._written != text:
            self._path.write_text(text, encoding="utf-8")
            self._written = text
