"""Puts diacritics back: syllable bigrams counted on text with marks, the best path by Viterbi.

The model is made by scripts/build_restorer.py; same words, order, case and punctuation come out.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.nlu.marks import fold

MODEL = Path(__file__).resolve().parents[2] / "data/lexicon/restore.json.gz"
WORD = re.compile(r"[^\W\d_]+")
START = "^"
# Weight of the bigram against the word alone; chosen on held-out sentences by the build script.
BIGRAM_SHARE = 0.9
UNSEEN = 1e-7


def restore(line: str) -> str:
    """The line with marks on its words that have none; words that bear a mark stay as they are."""
    line = unicodedata.normalize("NFC", line)
    words = list(WORD.finditer(line))
    best = _viterbi([match[0].lower() for match in words])
    pieces, at = [], 0
    for match, meant in zip(words, best, strict=True):
        pieces += [line[at : match.start()], _cased(match[0], meant)]
        at = match.end()
    return "".join([*pieces, line[at:]])


def _viterbi(words: list[str]) -> list[str]:
    model = _model()
    paths: dict[str, tuple[float, list[str]]] = {START: (0.0, [])}
    for word in words:
        options = model["options"].get(word, [word]) if fold(word) == word else [word]
        following: dict[str, tuple[float, list[str]]] = {}
        for option in options:
            scored = (
                (score + _cost(model, last, option), path) for last, (score, path) in paths.items()
            )
            score, path = max(scored, key=lambda pair: pair[0])
            following[option] = (score, [*path, option])
        paths = following
    return max(paths.values(), key=lambda pair: pair[0])[1]


def _cost(model: dict[str, Any], last: str, word: str) -> float:
    alone = model["one"].get(word, 0) / model["total"]
    count = model["one"].get(last, 0) if last != START else model["lines"]
    pair = model["two"].get(f"{last} {word}", 0) / count if count else 0.0
    return math.log(BIGRAM_SHARE * pair + (1 - BIGRAM_SHARE) * alone + UNSEEN)


def _cased(typed: str, meant: str) -> str:
    if len(typed) != len(meant):
        return typed
    return "".join(m.upper() if t.isupper() else m for t, m in zip(typed, meant, strict=True))


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    counts: dict[str, Any] = json.loads(gzip.decompress(MODEL.read_bytes()))
    options: dict[str, list[str]] = {}
    for word in counts["one"]:
        options.setdefault(fold(word), []).append(word)
    return {**counts, "options": options}
