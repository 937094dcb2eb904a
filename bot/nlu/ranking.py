"""The shipped way of matching a question to texts: sentence vectors joined with character n-grams.

Used by the library's search and, on anybody's data, by `mam nlu rank`.
"""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.encoder import encode, encode_many
from bot.nlu.normalise import fold, normalise
from bot.nlu.textfeatures import char_vectoriser

VECTOR_SHARE = 0.55
# Cosines of e5 lie between these; what is below says nothing.
COSINE_FLOOR, COSINE_TOP = 0.80, 0.97


class Matcher:
    """Scores, 0–1, of a question against texts whose vectors (n, 384) are known."""

    def __init__(self, texts: list[str], vectors: np.ndarray) -> None:
        self.vectors = vectors
        self.letters = char_vectoriser(min_df=1)
        self.rows: csr_matrix = self.letters.fit_transform(
            [fold(normalise(text)) for text in texts]
        )

    def scores(self, text: str, vector: np.ndarray | None = None) -> np.ndarray:
        line = normalise(text)
        own = encode(line) if vector is None else vector
        cosine = np.clip((self.vectors @ own - COSINE_FLOOR) / (COSINE_TOP - COSINE_FLOOR), 0, 1)
        letters = np.asarray((self.rows @ self.letters.transform([fold(line)]).T).todense()).ravel()
        joined: np.ndarray = VECTOR_SHARE * cosine + (1 - VECTOR_SHARE) * letters
        return joined


def rank_documents(
    documents: list[dict[str, Any]], queries: list[dict[str, Any]]
) -> dict[str, float]:
    """P@1, P@3, MRR, nDCG@10 and ms a query; an empty `text` leaves the title alone."""
    texts = [
        " ".join(filter(None, (document["title"], document.get("text") or "")))
        for document in documents
    ]
    matcher = Matcher(texts, encode_many([normalise(text) for text in texts]))
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
