"""Errors of the library.

ProgrammeError
└── FileFault        a file of the library cannot be read; says file, line and fault
"""

from __future__ import annotations

from pathlib import Path


class ProgrammeError(Exception):
    """Base; `user_message` is for trainers."""

    user_message = "Thư viện gặp lỗi."


class FileFault(ProgrammeError):
    """A fault in one file. `line` counts from 1."""

    def __init__(self, path: Path | str, line: int, fault: str) -> None:
        self.path, self.line, self.fault = path, line, fault
        self.user_message = f"{path}:{line}: {fault}"
        super().__init__(self.user_message)
