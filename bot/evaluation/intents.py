"""The intent model by cross-validation over data/nlu: each example is judged by a model that never
saw it, nor one that is nearly the same.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sklearn.metrics import f1_score

from bot.evaluation.likeness import groups_alike, seeds
from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.intents import IntentModel
from bot.nlu.views import to_encode

FOLDS = 5
# Intents with fewer examples in a fold (they come from buttons nearly always) move its mean F1 by
# four points an example; the figure of the first fold, which `make test` holds, is without them.
ENOUGH = 5


@dataclass(frozen=True)
class Judged:
    """An example's intent and the one that was found."""

    intent: str
    found: str


def read_examples(folder: Path) -> list[tuple[str, str]]:
    """(intent, text) of every example in Rasa's YAML files of a folder."""
    rows = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            rows += [(entry["intent"], line[2:]) for line in lines if line.startswith("- ")]
    return rows


def evaluate_intents(folder: Path) -> dict[str, Any]:
    """accuracy, macro_f1 (0–1), ms of the processor a message without encoding, confusions without
    any text; `first_fold`: the figures of the first part alone.
    """
    rows = read_examples(folder)
    times: list[float] = []
    folds = [_judge_fold(rows, number, times) for number in range(FOLDS)]
    judged = [one for fold in folds for one in fold]
    wrong = Counter(f"{one.intent} → {one.found}" for one in judged if one.intent != one.found)
    return {
        "n": len(judged),
        "seeds": seeds([text for _, text in rows]),
        **intent_figures(judged),
        "ms": sum(times) / len(judged) * 1000,
        "first_fold": _fold_figures(folds[0]),
        "wrong": dict(wrong.most_common(15)),
    }


def evaluate_first_fold(folder: Path) -> dict[str, Any]:
    """One fifth of the work of `evaluate_intents`: its `first_fold`, the same to the last digit."""
    return _fold_figures(_judge_fold(read_examples(folder), 0, []))


def _judge_fold(rows: list[tuple[str, str]], number: int, times: list[float]) -> list[Judged]:
    """The examples of a fold by a model of the others. Seconds of judging are added to `times`."""
    model, apart = model_without(rows, number)
    vectors = encode_many([to_encode(text) for _, text in apart], VectorCache())
    begun = time.process_time()
    judged = [
        Judged(label, model.rank(text, vector)[0][0])
        for (label, text), vector in zip(apart, vectors, strict=True)
    ]
    times.append(time.process_time() - begun)
    return judged


def model_without(
    rows: list[tuple[str, str]], number: int
) -> tuple[IntentModel, list[tuple[str, str]]]:
    """A model of all but a fold, and the examples of that; near-duplicates are in one fold."""
    folds = [_fold(rows[first][1]) for first in groups_alike([text for _, text in rows])]
    taught = [row for row, fold in zip(rows, folds, strict=True) if fold != number]
    texts = [text for _, text in taught]
    vectors = encode_many([to_encode(text) for text in texts], VectorCache())
    model = IntentModel.fit(texts, [label for label, _ in taught], vectors)
    return model, [row for row, fold in zip(rows, folds, strict=True) if fold == number]


def _fold(text: str) -> int:
    """By the text's hash: a new example, or another reading of one, moves no other."""
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big") % FOLDS


def _fold_figures(judged: list[Judged]) -> dict[str, Any]:
    counts = Counter(one.intent for one in judged)
    often = [intent for intent, count in counts.items() if count >= ENOUGH]
    return {"n": len(judged), **intent_figures(judged, often)}


def intent_figures(judged: list[Judged], intents: list[str] | None = None) -> dict[str, float]:
    """accuracy of all; macro_f1 over `intents`, or over all."""
    told, found = [one.intent for one in judged], [one.found for one in judged]
    right = sum(one.intent == one.found for one in judged)
    mean = float(f1_score(told, found, labels=intents, average="macro"))
    return {"accuracy": right / len(judged), "macro_f1": mean}
