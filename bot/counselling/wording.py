"""Words of a parent's message that raised a case, as pieces of the text; and how a parent writes.

Pieces are plain text for a template to escape; nothing here makes HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from django.db import models

from bot.nlu.normalise import fold

LEXICON = Path(__file__).resolve().parents[2] / "data/lexicon/style.yml"
Piece = tuple[str, bool]
# A text of fewer words says nothing of how somebody writes.
ENOUGH_WORDS = 5
# Of all words: so few with marks is without marks, so many short ones is a habit. Plain Vietnamese
# has marks on about two words of three.
MARKED_AT_MOST, SHORT_AT_LEAST = 0.1, 0.12
# So many words of one region, and more than of any other, name it.
CUES = 2
WORD = re.compile(r"[^\W_]+")


class Style(models.TextChoices):
    NO_MARKS = "no_marks", "viết không dấu"
    SHORT = "short", "hay viết tắt"
    SOUTHERN = "southern", "giọng miền Nam"
    CENTRAL = "central", "giọng miền Trung"
    NORTHERN = "northern", "giọng miền Bắc"


def marked_pieces(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """The text cut into (piece, whether it is one of `words`); joined, they are the text again."""
    found = [re.escape(word) for word in sorted(set(words), key=len, reverse=True) if word.strip()]
    if not found or not text:
        return ((text, False),) if text else ()
    pieces: list[Piece] = []
    at = 0
    for match in re.finditer(rf"\b(?:{'|'.join(found)})\b", text, re.IGNORECASE):
        if match.start() > at:
            pieces.append((text[at : match.start()], False))
        pieces.append((match[0], True))
        at = match.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


def style_of(texts: Sequence[str]) -> tuple[Style, ...]:
    """How a parent writes, from what they wrote; nothing when that is too little to tell."""
    words = WORD.findall(" ".join(texts).lower())
    if len(words) < ENOUGH_WORDS:
        return ()
    styles = []
    if sum(fold(word) != word for word in words) / len(words) <= MARKED_AT_MOST:
        styles.append(Style.NO_MARKS)
    cues = _cues()
    if sum(word in cues[Style.SHORT] for word in words) / len(words) >= SHORT_AT_LEAST:
        styles.append(Style.SHORT)
    regions = (Style.SOUTHERN, Style.CENTRAL, Style.NORTHERN)
    counts = sorted((sum(w in cues[style] for w in words), style) for style in regions)
    if counts[-1][0] >= CUES and counts[-1][0] > counts[-2][0]:
        styles.append(counts[-1][1])
    return tuple(styles)


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    content = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return {name: frozenset(str(word) for word in words) for name, words in content.items()}
