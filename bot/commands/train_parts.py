"""What `mam train` makes beside Rasa's model: the screen's classifier and the library's vectors."""

from __future__ import annotations

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS, PROGRAMME


def main() -> None:
    """Trains and encodes; everything lands in models/."""
    from bot.nlu.screen.training import train_classifier

    train_classifier(MODELS)

    from bot.commands.django_ready import setup_django

    setup_django()
    from bot.programme.passages import warm_vectors

    warm_vectors(PROGRAMME)


if __name__ == "__main__":
    main()
