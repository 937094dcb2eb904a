"""What a family calls its children: told to Mầm alone ("Ở nhà gọi bé là gì?", "Sữa"), with nothing
around it by which it could be known for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.nlu.marks import fold
from bot.nlu.personal_lists import placeholders, words

WORD = re.compile(r"\w+")


def nicknames_of(family: Any) -> tuple[str, ...]:
    """Of a family's children; none without a family."""
    if family is None:
        return ()
    return tuple(child.nickname for child in family.children.all() if child.nickname)


def without_nicknames(text: str, nicknames: Iterable[str]) -> str:
    """The text without them where they are a name for sure, since most are words too: a message that
    says nothing else, and one with a capital within a sentence.
    """  # noqa: E501
    for nickname in nicknames:
        if _says_only(text, nickname):
            return placeholders()["name"]
        written = re.escape(nickname[0].upper() + nickname[1:])
        text = re.sub(rf"(?<=[\w,] ){written}(?!\w)", placeholders()["name"], text)
    return text


def _says_only(text: str, nickname: str) -> bool:
    """Typed with its marks or without, politely or not."""
    said = [fold(word) for word in WORD.findall(text.lower())]
    called = [fold(word) for word in WORD.findall(nickname.lower())]
    polite = words("around_nickname").bare
    while said and said[0] in polite and said != called:
        said = said[1:]
    while said and said[-1] in polite and said != called:
        said = said[:-1]
    return bool(called) and said == called
