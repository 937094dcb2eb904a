"""How a text is read by what has learned from text with marks."""

from __future__ import annotations

from functools import lru_cache

from bot.nlu.normalise import fold, normalise
from bot.nlu.restore import restore


@lru_cache(maxsize=256)
def to_encode(text: str) -> str:
    """What the encoder reads: the normalised text, with its marks put back when it bears none (the
    encoder knows little of Vietnamese without marks). Screen, intents and search ask for the same
    message.
    """
    line = normalise(text)
    # A word put back may be a spelling that is read otherwise: "hong" is "hông", which is "không".
    return normalise(restore(line)) if fold(line) == line else line
