"""A ready database kept beside the models: a new data folder starts from a copy of it.

Two hundred migrations and the whole library take half a minute; the copy takes a moment. It holds
what the repository holds and nothing else: no account, no family, no message. SQLite alone; another
database is made ready step by step.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from bot.commands.paths import MODELS, PROGRAMME
from bot.site.environment import ROOT


def seed_file() -> Path:
    """Where the seed for this very code and library is, or would be."""
    files = [ROOT / "requirements/base.lock"]
    files += [path for path in PROGRAMME.rglob("*") if path.is_file()]
    files += [path for path in (ROOT / "data/lexicon").rglob("*") if path.is_file()]
    files += (ROOT / "bot").rglob("migrations/*.py")
    for room in ("programme", "nlu"):
        files += (ROOT / "bot" / room).rglob("*.py")
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return MODELS / f"seed-{digest.hexdigest()[:12]}.sqlite3"


def start_from_seed(database: Path) -> bool:
    """Copies the seed to where there is no database yet; True when it did. A database that another
    process has made in the meantime is left as it is.
    """
    if database.exists() or not (seed := seed_file()).is_file():
        return False
    database.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft_beside(database)
    try:
        _copy(seed, draft)
        os.link(draft, database)
    except (OSError, sqlite3.Error):
        # Another process was quicker, or the seed is of no use: the slow way is always there.
        return False
    finally:
        draft.unlink()
    return True


def keep_as_seed(database: Path) -> None:
    """Keeps a database that was just made ready; older seeds go. A folder that cannot be written
    is no fault: the next start takes longer.
    """
    seed = seed_file()
    with suppress(OSError, sqlite3.Error):
        seed.parent.mkdir(exist_ok=True)
        draft = _draft_beside(seed)
        try:
            _copy(database, draft)
            draft.replace(seed)
        finally:
            draft.unlink(missing_ok=True)
        for old in seed.parent.glob("seed-*.sqlite3"):
            if old != seed:
                old.unlink(missing_ok=True)


def _draft_beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    return Path(name)


def _copy(source: Path, target: Path) -> None:
    """By SQLite's own online backup, so that its write-ahead log comes along."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        # A copy is one file; whoever opens it may turn the write-ahead log on again.
        new.execute("PRAGMA journal_mode=DELETE")
