"""Texts ranked for a question on anybody's data: sentence vectors, words and letters joined.

Nothing is learned from what is relevant. How telling a word is, is counted over documents and
questions together, since documents that are titles alone do not hold the words of every letter.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.encoder import encode, encode_many
from bot.nlu.normalise import fold, normalise
from bot.nlu.textfeatures import char_vectoriser, word_vectoriser
from bot.nlu.views import to_encode

# Shares of the three, each brought to mean 0 and deviation 1 over the documents; chosen on the
# letters of the ViHealthBERT FAQ (docs/evaluation.md).
VECTOR_SHARE, LETTER_SHARE, WORD_SHARE = 0.30, 0.25, 0.45


class Matcher:
    """Scores of a question against texts; higher is nearer."""

    def __init__(self, texts: list[str], questions: Sequence[str] = ()) -> None:
        lines = [normalise(text) for text in texts]
        asked = [normalise(question) for question in questions]
        self.vectors = encode_many([to_encode(text) for text in texts])
        self.words: TfidfVectorizer = word_vectoriser().fit([*lines, *asked])
        self.letters: TfidfVectorizer = char_vectoriser(min_df=1).fit(map(fold, [*lines, *asked]))
        self.word_rows = self.words.transform(lines)
        self.letter_rows = self.letters.transform(map(fold, lines))

    def scores(self, question: str) -> np.ndarray:
        """(n,) for the n texts."""
        line = normalise(question)
        words = (self.word_rows @ self.words.transform([line]).T).toarray().ravel()
        letters = (self.letter_rows @ self.letters.transform([fold(line)]).T).toarray().ravel()
        joined: np.ndarray = (
            VECTOR_SHARE * _standard(self.vectors @ encode(to_encode(question)))
            + WORD_SHARE * _standard(words)
            + LETTER_SHARE * _standard(letters)
        )
        return joined


def _standard(values: np.ndarray) -> np.ndarray:
    spread = float(values.std())
    standard: np.ndarray = (values - values.mean()) / (spread or 1.0)
    return standard


def rank_documents(
    documents: list[dict[str, Any]], queries: list[dict[str, Any]]
) -> dict[str, float]:
    """P@1, P@3, MRR, nDCG@10 and ms a query; an empty `text` leaves the title alone."""
    texts = [
        " ".join(filter(None, (document["title"], document.get("text") or "")))
        for document in documents
    ]
    matcher = Matcher(texts, [query["text"] for query in queries])
    ids = [document["id"] for document in documents]
    first = third = reciprocal = gain = 0.0
    begun = time.perf_counter()
    for query in queries:
        order = [ids[i] for i in np.argsort(-matcher.scores(query["text"]))]
        relevant = set(query["relevant"])
        places = [place for place, found in enumerate(order, 1) if found in relevant]
        first += bool(places and places[0] == 1)
        third += sum(place <= 3 for place in places) / 3
        reciprocal += 1 / places[0] if places else 0
        ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
        gain += (
            sum(1 / math.log2(place + 1) for place in places if place <= 10) / ideal if ideal else 0
        )
    n = len(queries)
    took = (time.perf_counter() - begun) * 1000
    return {
        "P@1": first / n,
        "P@3": third / n,
        "MRR": reciprocal / n,
        "nDCG@10": gain / n,
        "ms": took / n,
        "n": n,
    }
