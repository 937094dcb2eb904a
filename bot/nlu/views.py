"""How a text is read by what has learned from text with marks, and by what looks at letters."""

from __future__ import annotations

from functools import lru_cache

from bot.nlu.dialects import second_reading
from bot.nlu.normalise import fold, normalise, own_words, spelled, tokens_of, written
from bot.nlu.restore import restore
from bot.nlu.tables import teencode
from bot.nlu.telex import decode
from bot.nlu.tokens import is_marked


@lru_cache(maxsize=256)
def to_encode(text: str) -> str:
    """What the encoder reads: the normalised text, with its marks put back when it bears none (the
    encoder knows little of Vietnamese without marks). Screen, intents and search ask for the same
    message.
    """
    line = normalise(text)
    # A word put back may be a spelling that is read otherwise: "hong" is "hông", which is "không".
    return normalise(restore(line)) if lacks_marks(text) else line


def lacks_marks(text: str) -> bool:
    """Whether the text is typed without marks, but for a word here and there. Abbreviations are
    left out: "bi" is read as "bị" whoever types it.
    """
    words = [token.text for token in tokens_of(text)[0]]
    return not is_marked([decode(word) for word in words if word not in teencode()])


@lru_cache(maxsize=256)
def plain_readings(text: str) -> str:
    """The text without marks in the writer's own words, then, where they differ, in the words that
    everybody says, and with those that may be of a region or not: a wrong reading only adds.
    """
    tokens, tail = own_words(text)
    doubtful = written(second_reading(tokens)) + tail
    return fold(" ".join(dict.fromkeys((spelled(text), normalise(text), doubtful))))
