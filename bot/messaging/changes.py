"""Notices other processes' writes cheaply: `PRAGMA data_version` on SQLite, LISTEN/NOTIFY on
PostgreSQL.
"""

from __future__ import annotations

import time

from django.db import connection, transaction

CHANNEL = "mam_messages"
LOOK_EVERY_S = 0.012


def announce() -> None:
    """Wakes the couriers and the open pages once the transaction is committed."""
    if connection.vendor == "postgresql":
        transaction.on_commit(_notify)


def _notify() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


class Changes:
    """`wait` returns early when another connection wrote. One for each thread; holds that thread's
    connection.
    """

    def __init__(self) -> None:
        self._seen = -1
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> bool:
        """True when something was written, False after `seconds`."""
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            return any(True for _ in connection.connection.notifies(timeout=seconds, stop_after=1))
        end = time.monotonic() + seconds
        while True:
            with connection.cursor() as cursor:
                version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen:
                self._seen = version
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(LOOK_EVERY_S)
