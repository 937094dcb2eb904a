"""Cuts a text into the pieces that the sentence encoder knows: the likeliest way to read each word
(a unigram model, as SentencePiece has it).

What a piece is: Kudo 2018, https://arxiv.org/abs/1804.10959.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

# Stands before each word.
SPACE = "▁"
# What an unknown character costs beside the rarest piece.
UNKNOWN_COST = 10.0
# Words whose reading is kept: a language has few, parents' slips many.
WORDS_KEPT = 20_000


class Pieces:
    """Of `pieces` and `scores` (their log-chances), both in the order of their ids."""

    def __init__(
        self, pieces: list[str], scores: np.ndarray, characters: dict[str, str], unknown: int
    ) -> None:
        self._ids = {piece: place for place, piece in enumerate(pieces)}
        self._scores = scores
        self._characters = str.maketrans(characters)
        self._unknown, self._unknown_score = unknown, float(scores.min()) - UNKNOWN_COST
        self._longest = max(map(len, pieces))
        self._read = lru_cache(maxsize=WORDS_KEPT)(self._read_word)

    @classmethod
    def load(cls, folder: Path) -> Pieces:
        """As bot.nlu.e5_model made them."""
        with np.load(folder / "pieces.npz", allow_pickle=False) as content:
            scores, unknown = content["scores"], int(content["unknown"])
        pieces = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        characters = json.loads((folder / "characters.json").read_text(encoding="utf-8"))
        return cls(pieces, scores, characters, unknown)

    def ids(self, text: str) -> list[int]:
        """The ids of the text's pieces."""
        words = text.translate(self._characters).split(" ")
        # A space at the end is a piece of its own.
        last = [SPACE] if len(words) > 1 and not words[-1] else []
        read = [SPACE + word for word in words if word]
        return [place for word in [*read, *last] for place in self._read(word)]

    def _read_word(self, word: str) -> tuple[int, ...]:
        """The likeliest way to cut it, looked for from the left."""
        best = [0.0] + [-np.inf] * len(word)
        came: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                place = self._ids.get(word[start:end])
                if place is None and end > start + 1:
                    continue
                known = place is not None and place != self._unknown
                cost = float(self._scores[place]) if known else self._unknown_score
                if best[start] + cost > best[end]:
                    best[end] = best[start] + cost
                    came[end] = (place if known and place is not None else self._unknown, start)
        cut, end = [], len(word)
        while end:
            place, end = came[end]
            cut.append(place)
        return tuple(reversed(cut))
