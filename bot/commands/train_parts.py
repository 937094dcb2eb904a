"""What `mam train` makes beside Rasa's model: the screen's classifier, the library's vectors and a
ready database.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS, PROGRAMME


def main() -> None:
    """Trains and encodes; everything lands in models/."""
    from bot.nlu.screen.training import train_classifier

    train_classifier(MODELS)

    with tempfile.TemporaryDirectory(prefix="mam-seed-") as folder:
        # Empty, not missing: a .env file must not bring a real database back.
        os.environ.update(MAM_DATA_DIR=folder, DATABASE_URL="")
        from bot.commands.django_ready import ready_database
        from bot.commands.seed import keep_as_seed

        ready_database()
        # Nobody else knows this folder: what is kept is the repository's alone.
        keep_as_seed(Path(folder) / "mam.sqlite3")
        from bot.programme.passages import warm_vectors

        warm_vectors(PROGRAMME)


if __name__ == "__main__":
    main()
