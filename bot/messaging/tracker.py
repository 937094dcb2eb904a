"""Takes a conversation out of Rasa's tracker store. Rasa 3.6 cannot delete a tracker itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection


def forget_tracker(sender_id: str) -> None:
    """Removes every event of a sender. Call it while the conversation is leased, so that none is
    being written.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('events')")
            if cursor.fetchone()[0]:
                cursor.execute("DELETE FROM events WHERE sender_id = %s", [sender_id])
        return
    path = Path(settings.MAM.data_dir) / "rasa.sqlite3"
    if not path.is_file():
        return
    with sqlite3.connect(path, timeout=20) as store:
        if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            store.execute("DELETE FROM events WHERE sender_id = ?", [sender_id])
    store.close()


def forget_tracker_before(timestamp: float, spared: set[str]) -> None:
    """Removes events older than a moment (seconds since 1970) but those of the senders spared."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('events')")
            if cursor.fetchone()[0]:
                cursor.execute(
                    "DELETE FROM events WHERE timestamp < %s AND NOT sender_id = ANY(%s)",
                    [timestamp, list(spared)],
                )
        return
    path = Path(settings.MAM.data_dir) / "rasa.sqlite3"
    if not path.is_file():
        return
    with sqlite3.connect(path, timeout=20) as store:
        if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            keep = ",".join("?" * len(spared))
            store.execute(
                f"DELETE FROM events WHERE timestamp < ? AND sender_id NOT IN ({keep})",  # noqa: S608
                [timestamp, *spared],
            )
    store.close()
