"""Vectors in the repository are the encoder's own, and cover what ships."""

from pathlib import Path

import numpy as np

from bot.nlu.encoder import VectorCache, cache_key, encode
from bot.nlu.normalise import normalise
from bot.nlu.shipped_vectors import FILE, ShippedVectors, write_vectors
from bot.programme.hotlines import PROGRAMME
from bot.programme.passages import library_texts
from scripts.build_vectors import test_texts as texts_of_tests

LACKING_AT_MOST = 0.02
TESTS = Path(__file__).resolve().parents[1] / "data/vectors.npz"


def test_a_vector_comes_back_nearly_as_it_was(tmp_path: Path) -> None:
    texts = [normalise(text) for text in ("bé sốt 39 độ", "khi nào ăn dặm", "chào mầm")]
    vectors = {cache_key(text): encode(text) for text in texts}
    write_vectors(tmp_path / "v.npz", vectors)
    kept = ShippedVectors(tmp_path / "v.npz")
    assert len(kept) == len(texts)
    for key, vector in vectors.items():
        found = kept.get(key)
        assert found is not None
        assert float(found @ vector) > 0.9995
    assert kept.get(cache_key("một câu khác")) is None


def test_the_library_that_ships_need_not_be_encoded_by_a_newcomer(tmp_path: Path) -> None:
    texts = set(library_texts(PROGRAMME))
    assert texts
    known = VectorCache(tmp_path / "empty.sqlite3").get(sorted(texts))
    lacking = 1 - len(known) / len(texts)
    assert lacking <= LACKING_AT_MOST, f"{lacking:.0%} lack: run make vectors"
    assert np.allclose([np.linalg.norm(v) for v in list(known.values())[:50]], 1, atol=1e-3)
    assert FILE.stat().st_size < 12_000_000


def test_what_the_gate_measures_need_not_be_encoded_there() -> None:
    texts = set(texts_of_tests())
    assert len(texts) >= 3000
    shipped = ShippedVectors(TESTS)
    lacking = sum(shipped.get(cache_key(text)) is None for text in texts) / len(texts)
    assert lacking <= LACKING_AT_MOST, f"{lacking:.0%} lack: run make vectors"
    assert TESTS.stat().st_size < 2_500_000
