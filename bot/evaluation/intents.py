"""The intent model by cross-validation over data/nlu: each example is judged by a model that never
saw it.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.intents import IntentModel
from bot.nlu.views import to_encode

FOLDS = 5
SEED = 7


def read_examples(folder: Path) -> list[tuple[str, str]]:
    """(intent, text) of every example in Rasa's YAML files of a folder."""
    rows = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            rows += [(entry["intent"], line[2:]) for line in lines if line.startswith("- ")]
    return rows


def evaluate_intents(folder: Path) -> dict[str, Any]:
    """accuracy, macro_f1 (0–1), ms a message without encoding, confusions without any text."""
    rows = read_examples(folder)
    labels = [label for label, _ in rows]
    texts = [text for _, text in rows]
    vectors = encode_many([to_encode(text) for text in texts], VectorCache())
    found = [""] * len(rows)
    seconds = 0.0
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, test in split.split(texts, labels):
        model = IntentModel.fit(
            [texts[i] for i in train], [labels[i] for i in train], vectors[train]
        )
        begun = time.perf_counter()
        for i in test:
            found[i] = model.rank(texts[i], vectors[i])[0][0]
        seconds += time.perf_counter() - begun
    wrong = Counter(f"{a} → {b}" for a, b in zip(labels, found, strict=True) if a != b)
    return {
        "n": len(rows),
        "accuracy": sum(a == b for a, b in zip(labels, found, strict=True)) / len(rows),
        "macro_f1": float(f1_score(labels, found, average="macro")),
        "ms": seconds / len(rows) * 1000,
        "wrong": dict(wrong.most_common(15)),
    }
