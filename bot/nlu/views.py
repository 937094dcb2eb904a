"""How a text is read by what has learned from text with marks."""

from __future__ import annotations

from bot.nlu.normalise import fold, normalise
from bot.nlu.restore import restore


def to_encode(text: str) -> str:
    """What the encoder reads: the normalised text, with its marks put back when it bears none (the
    encoder knows little of Vietnamese without marks).
    """
    line = normalise(text)
    return restore(line) if fold(line) == line else line
