"""Symptoms, food and vaccines that a question names, and whether a topic's texts name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.nlu.marks import fold
from bot.nlu.phrases import phrases
from bot.nlu.readable import read_line
from bot.nlu.words import words

KINDS = ("symptom", "food", "vaccine")
_WORD = re.compile(r"\w+")


class Named:
    """`plain` are the folded texts of all topics, `owner` (n,) their topics."""

    def __init__(self, plain: Sequence[str], owner: np.ndarray, topics: int) -> None:
        lines: list[list[str]] = [[] for _ in range(topics)]
        for topic, text in zip(owner, plain, strict=True):
            lines[int(topic)].append(" ".join(_WORD.findall(text)))
        # Words of two texts never stand side by side.
        self._told = [f" {' | '.join(texts)} " for texts in lines]

    def lacking(self, text: str, topics: np.ndarray) -> np.ndarray:
        """(topics, kinds) how many things of each kind the question names and the topic does not."""  # noqa: E501
        asked = {(word.kind, word.meaning) for word in words(read_line(text))}
        missing = np.zeros((len(topics), len(KINDS)))
        for kind, meaning in asked:
            if kind in KINDS:
                ways = _ways()[kind, meaning]
                for number, topic in enumerate(topics):
                    told = self._told[topic]
                    if not any(way in told for way in ways):
                        missing[number, KINDS.index(kind)] += 1
        return missing


@lru_cache(maxsize=1)
def _ways() -> dict[tuple[str, str], frozenset[str]]:
    """Each thing in all the ways in which it is written, without marks, between spaces."""
    ways: dict[tuple[str, str], set[str]] = {}
    for phrase in phrases():
        written = " ".join(fold(part) for part in phrase.parts)
        ways.setdefault((phrase.kind, phrase.meaning), set()).add(f" {written} ")
    return {key: frozenset(value) for key, value in ways.items()}
