"""Makes data/vectors.npz: vectors of the library and of the training data, for fresh clones.

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


def main() -> None:
    from bot.commands.django_ready import setup_django

    setup_django()
    from bot.programme.passages import library_texts

    texts = sorted({*library_texts(ROOT / "data/programme"), *training_texts()})
    cache = VectorCache()
    known = cache.get(texts)
    missing = [text for text in texts if text not in known]
    with ProcessPoolExecutor() as pool:
        for text, vector in zip(missing, pool.map(encode, missing, chunksize=32), strict=True):
            known[text] = vector
            cache.put(text, vector)
    cache.flush()
    write_vectors(FILE, {cache_key(text): np.asarray(known[text]) for text in texts})
    sys.stdout.write(f"{len(texts)} vectors, {len(missing)} new, {FILE.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
