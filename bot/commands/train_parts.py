"""What `mam train` makes beside Rasa's model, a process each: the screen's classifier, and a ready
database with the vectors of the library.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS


def screen() -> None:
    """The danger screen's classifier."""
    from bot.nlu.screen.training import train_classifier

    train_classifier(MODELS)


def library() -> None:
    """A ready database, and the vectors of what parents may ask."""
    with tempfile.TemporaryDirectory(prefix="mam-seed-") as folder:
        # Empty, not missing: a .env file must not bring a real database back.
        os.environ.update(MAM_DATA_DIR=folder, DATABASE_URL="")
        from bot.commands.django_ready import ready_database
        from bot.commands.seed import keep_as_seed

        ready_database()
        # Nobody else knows this folder: what is kept is the repository's alone.
        keep_as_seed(Path(folder) / "mam.sqlite3")
        from bot.programme.passages import warm_vectors

        warm_vectors()


PARTS: dict[str, Callable[[], None]] = {"screen": screen, "library": library}

if __name__ == "__main__":
    PARTS[sys.argv[1]]()
