"""Makes data/vectors.npz: vectors of the library and of the training data, for fresh clones; and
tests/data/vectors.npz: those of the messages that `make test` measures screen and search with.

    .venv/bin/python scripts/build_vectors.py

Run it before a release, and whenever `make test` says that the file lacks too much.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bot.nlu.light  # noqa: E402, F401
from bot.nlu.encoder import VectorCache, cache_key, encode  # noqa: E402
from bot.nlu.shipped_vectors import FILE, write_vectors  # noqa: E402
from bot.nlu.views import to_encode  # noqa: E402


def training_texts() -> list[str]:
    """Examples of the intents and messages of the screen, as they are encoded."""
    from bot.nlu.screen.training import TRAIN, read_labelled

    texts = [row.text for row in read_labelled(TRAIN)]
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [line[2:] for line in entry["examples"].splitlines() if line[:2] == "- "]
    return [to_encode(text) for text in texts]


def test_texts() -> list[str]:
    """What `make test` measures with the encoder, as it is encoded: the screen's messages, the
    search's questions, and a sample of those as others would type them.
    """
    from bot.commands.evaluate import SCREEN_DATA, SEARCH_DATA
    from bot.evaluation.asked import read_asked
    from bot.evaluation.paired import sample
    from bot.evaluation.rewriting import REWRITINGS
    from bot.nlu.screen.training import read_labelled

    texts = [row.text for row in read_labelled(SCREEN_DATA)]
    texts += [row.text for path in SEARCH_DATA for row in read_asked(path)]
    texts += [rewrite(row.text) for row in sample(*SEARCH_DATA) for rewrite in REWRITINGS.values()]
    return [to_encode(text) for text in texts]


def main() -> None:
    from bot.commands.django_ready import setup_django

    setup_django()
    from bot.programme.passages import library_texts

    cache = VectorCache()
    build(FILE, [*library_texts(ROOT / "data/programme"), *training_texts()], cache)
    build(ROOT / "tests/data/vectors.npz", test_texts(), cache)
    cache.flush()


def build(file: Path, wanted: list[str], cache: VectorCache) -> None:
    """Writes the vectors of the texts; those that the cache lacks are made."""
    texts = sorted(set(wanted))
    known = cache.get(texts)
    missing = [text for text in texts if text not in known]
    with ProcessPoolExecutor() as pool:
        for text, vector in zip(missing, pool.map(encode, missing, chunksize=32), strict=True):
            known[text] = vector
            cache.put(text, vector)
    write_vectors(file, {cache_key(text): np.asarray(known[text]) for text in texts})
    sys.stdout.write(f"{file.name}: {len(texts)}, {len(missing)} new, {file.stat().st_size} B\n")


if __name__ == "__main__":
    main()
