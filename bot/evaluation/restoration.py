"""Marks put back: messages of our own that were written with marks, stripped of them and restored.

They stand in the search's test sets, so the model counted none of them (a test holds this). They
are longer and more spoken than the held-out health sentences of scripts/build_restorer.py, which
may not be shipped.
"""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

from bot.evaluation.asked import read_asked
from bot.nlu.marks import fold, strip_tone, tone_of
from bot.nlu.restore import WORD, restore
from bot.nlu.syllables import FILE

# Written properly, so that a word without marks has none.
STYLES = ("standard", "northern", "central", "southern", "long", "very_long")
# Of a line's words so many bear marks at least, or it was typed without some.
MARKED = 0.4
TIMED_WORDS = 20


def read_lines(*paths: Path) -> list[tuple[str, str]]:
    """(style, line) of the questions that bear their marks."""
    rows = [row for path in paths for row in read_asked(path) if row.style in STYLES]
    lines = [(row.style, unicodedata.normalize("NFC", row.text)) for row in rows]
    return [(style, line) for style, line in lines if _is_marked(line)]


def evaluate_restoration(*paths: Path) -> dict[str, Any]:
    """`words_right` (0–1), `ms_20_words` of the processor, the model's size in MB. Where in a word
    its tone mark stands ("hoà", "hòa") is nobody's fault.
    """
    lines = read_lines(*paths)
    restore("be bi sot")
    by_style: dict[str, list[bool]] = {style: [] for style in STYLES}
    begun = time.process_time()
    restored = [restore(fold(line)) for _, line in lines]
    took = time.process_time() - begun
    for (style, line), found in zip(lines, restored, strict=True):
        pairs = zip(_words(line), _words(found), strict=True)
        by_style[style] += [_read(meant) == _read(got) for meant, got in pairs]
    flags = [flag for own in by_style.values() for flag in own]
    return {
        "n": len(lines),
        **_figures(flags),
        "ms_20_words": took / len(flags) * TIMED_WORDS * 1000,
        "file_mb": FILE.stat().st_size / 1e6,
        "styles": {style: _figures(own) for style, own in by_style.items() if own},
    }


def _is_marked(line: str) -> bool:
    words = _words(line)
    return sum(fold(word) != word for word in words) >= MARKED * len(words) > 0


def _words(line: str) -> list[str]:
    return [word.lower() for word in WORD.findall(line)]


def _read(word: str) -> tuple[str, int]:
    """Letters and tone."""
    return strip_tone(word), tone_of(word)


def _figures(flags: list[bool]) -> dict[str, Any]:
    return {"words_right": sum(flags) / len(flags), "counts": {"words_right": len(flags)}}
