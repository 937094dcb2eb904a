"""Our intent classifier against Rasa's DIET: the same examples, the same split, the same run."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.intents import read_examples
from bot.site.environment import ROOT

HELD_OUT = 0.2
SEED = 7
EPOCHS = 60
DIET = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS, "random_seed": SEED},
]
OURS = [{"name": "bot.nlu.components.intents.IntentClassifier"}]


def compare_intents() -> list[str]:
    """A Markdown table: accuracy, macro-F1 on the held-out examples, seconds of training."""
    rows = read_examples(ROOT / "data/nlu")
    random.Random(SEED).shuffle(rows)
    by_intent: dict[str, list[str]] = {}
    for intent, text in rows:
        by_intent.setdefault(intent, []).append(text)
    train: list[tuple[str, str]] = []
    test: list[tuple[str, str]] = []
    for intent, texts in by_intent.items():
        cut = max(1, int(len(texts) * HELD_OUT))
        test += [(intent, text) for text in texts[:cut]]
        train += [(intent, text) for text in texts[cut:]]
    lines = [
        f"Intents: {len(train)} examples to train, {len(test)} held out",
        "",
        "| pipeline | accuracy | macro-F1 | training s |",
        "|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory(prefix="mam-diet-") as folder:
        for name, pipeline in (("ours", OURS), (f"DIET, {EPOCHS} epochs", DIET)):
            seconds, report = _measure(Path(folder) / name[:4], pipeline, train, test)
            lines.append(
                f"| {name} | {report['accuracy']:.3f} | {report['macro avg']['f1-score']:.3f} "
                f"| {seconds:.0f} |"
            )
    return lines


def _measure(
    folder: Path,
    pipeline: list[dict[str, Any]],
    train: list[tuple[str, str]],
    test: list[tuple[str, str]],
) -> tuple[float, dict[str, Any]]:
    folder.mkdir()
    for name, rows in (("train.yml", train), ("test.yml", test)):
        _write_examples(folder / name, rows)
    config = {"recipe": "default.v1", "language": "vi", "pipeline": pipeline}
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    begun = time.monotonic()
    _rasa(
        *("train", "nlu", "--config", str(folder / "config.yml"), "--nlu"),
        *(str(folder / "train.yml"), "--out", str(folder / "models")),
    )
    seconds = time.monotonic() - begun
    _rasa(
        *("test", "nlu", "--nlu", str(folder / "test.yml"), "--model", str(folder / "models")),
        *("--out", str(folder / "report"), "--no-plot"),
    )
    report = json.loads((folder / "report/intent_report.json").read_text(encoding="utf-8"))
    return seconds, report


def _write_examples(path: Path, rows: list[tuple[str, str]]) -> None:
    by_intent: dict[str, list[str]] = {}
    for intent, text in rows:
        by_intent.setdefault(intent, []).append(text)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in by_intent.items()
    ]
    content = {"version": "3.1", "nlu": nlu}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _rasa(*arguments: str) -> None:
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
