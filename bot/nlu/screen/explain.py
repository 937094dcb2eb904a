"""Why the classifier thinks of a danger that no sign names: the words it would miss most."""

from __future__ import annotations

import math

from bot.nlu.screen.classifier import ScreenClassifier

SHOWN = 3
# A message is looked at in so many pieces, of two words or more.
PIECES, PIECE_WORDS = 16, 2
# A piece that moves the chance by less tells nothing.
MOVES = 0.02


def telling_words(classifier: ScreenClassifier, text: str, label: str) -> tuple[str, ...]:
    """Up to three pieces of the text without which the chance of the label falls most, in the
    order of the text.
    """
    words = text.split()
    length = max(PIECE_WORDS, math.ceil(len(words) / PIECES))
    starts = range(0, len(words), length)
    without = [" ".join(words[:start] + words[start + length :]) for start in starts]
    whole, *rest = (chances.get(label, 0.0) for chances in classifier.chances_of([text, *without]))
    falls = sorted(
        ((whole - chance, start) for chance, start in zip(rest, starts, strict=True)),
        reverse=True,
    )
    kept = sorted(start for fall, start in falls[:SHOWN] if fall >= MOVES)
    return tuple(" ".join(words[start : start + length]) for start in kept)
