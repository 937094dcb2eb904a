"""Vectors that ship with the repository, so that a fresh clone need not encode for minutes.

Made by scripts/build_vectors.py from the library and the training data; int8 with a scale a row
(cosines move by less than 0.005). What is not in it is encoded where it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parents[2] / "data/vectors.npz"
KEY_BYTES = 8


@lru_cache(maxsize=1)
def shipped_vectors() -> ShippedVectors:
    """The file's vectors; none when it is not there."""
    return ShippedVectors(FILE)


class ShippedVectors:
    """Looks vectors up by the first eight bytes of their cache key."""

    def __init__(self, path: Path) -> None:
        self._rows: dict[bytes, int] = {}
        if path.is_file():
            with np.load(path, allow_pickle=False) as content:
                keys, self._values, self._scales = (
                    content[name] for name in ("keys", "values", "scales")
                )
            self._rows = {key.tobytes(): row for row, key in enumerate(keys)}

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: bytes) -> np.ndarray | None:
        """The vector (384,) float32 of length 1, or None."""
        row = self._rows.get(key[:KEY_BYTES])
        if row is None:
            return None
        vector: np.ndarray = self._values[row].astype(np.float32) * np.float32(self._scales[row])
        return vector / np.float32(np.linalg.norm(vector))


def write_vectors(path: Path, vectors: Mapping[bytes, np.ndarray]) -> None:
    """Writes the file, rows in the order of their keys: the same content gives the same bytes."""
    rows = sorted(((key[:KEY_BYTES], vector) for key, vector in vectors.items()), key=_by_key)
    matrix = np.stack([vector for _, vector in rows])
    scales = np.abs(matrix).max(axis=1) / 127
    np.savez_compressed(
        path,
        keys=np.frombuffer(b"".join(key for key, _ in rows), np.uint8).reshape(-1, KEY_BYTES),
        values=np.round(matrix / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
    )


def _by_key(row: tuple[bytes, np.ndarray]) -> bytes:
    return row[0]
