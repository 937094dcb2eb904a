"""Trains the screen's classifier from the labelled messages in data/screen/train (columns label,
also, style, text).
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.encoder import DEFAULT_CACHE, VectorCache, encode_many
from bot.nlu.normalise import normalise

TRAIN = Path(__file__).resolve().parents[3] / "data/screen/train"


@dataclass(frozen=True)
class Labelled:
    """One labelled message; `also` is a second label or empty."""

    label: str
    also: str
    style: str
    text: str


def read_labelled(folder: Path) -> list[Labelled]:
    """Every message of the TSV files of a folder, by file name."""
    rows: list[Labelled] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows += [Labelled(r["label"], r["also"] or "", r["style"], r["text"]) for r in reader]
    return rows


def classifier_file(models: Path) -> Path:
    """Where the classifier that fits the data is, or would be."""
    digest = hashlib.sha256()
    own = Path(__file__).resolve().parents[1]
    code = [own / "textfeatures.py", own / "normalise.py", own / "screen/classifier.py"]
    for path in [*sorted(TRAIN.glob("*.tsv")), *code, own.parents[1] / "data/lexicon/teencode.tsv"]:
        digest.update(path.read_bytes())
    return models / f"screen-{digest.hexdigest()[:12]}.pickle"


def train_classifier(models: Path) -> None:
    """Trains and writes the file; nothing when the fitting one is there."""
    from bot.nlu.screen.classifier import ScreenClassifier

    target = classifier_file(models)
    if target.is_file():
        return
    models.mkdir(exist_ok=True)
    rows = read_labelled(TRAIN)
    texts = [row.text for row in rows]
    # The courier encodes the normalised text once, for the screen, for Rasa and for the search.
    vectors = encode_many([normalise(text) for text in texts], VectorCache(DEFAULT_CACHE))
    ScreenClassifier.fit(texts, [row.label for row in rows], vectors).save(target)
