"""Trains the screen's classifier from the labelled messages in data/screen/train (columns label,
also, style, text).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from bot.nlu.encoder import DEFAULT_CACHE, VectorCache, encode_many
from bot.nlu.entities import child_months
from bot.nlu.screen.files import (
    INTENTS,
    LEFT_OUT,
    LIBRARY,
    TRAIN,
    classifier_file,
    sample_questions,
)
from bot.nlu.screen.rules import find_signs
from bot.nlu.textfeatures import MARKED, read_views

# What a turn of small talk, or a sample question of the library, counts beside a labelled message.
TALK_WEIGHT, QUESTION_WEIGHT = 0.15, 0.07
# Between each message (0) and each label (1) counting the same.
EVEN = 0.5
LONG, LONG_WEIGHT = "very_long", 4.0
LABEL_OF = {
    **dict.fromkeys(
        (
            *("greet", "thank", "goodbye", "affirm", "deny", "more", "menu", "help"),
            *("ask_identity", "praise", "ask_privacy", "erase_my_data", "get_my_data"),
            *("stop_messages", "start_messages", "small_talk", "out_of_scope", "tell_child"),
            *("skip", "cancel", "start", "back_to_assistant"),
        ),
        "safe",
    ),
    "want_person": "wants_human",
}


@dataclass(frozen=True)
class Labelled:
    """One labelled message; `also` is a second label or empty."""

    label: str
    also: str
    style: str
    text: str


def read_labelled(folder: Path, *, only: str = "*.tsv", but: Sequence[str] = ()) -> list[Labelled]:
    """Every message of the TSV files of a folder that match `only`, by file name; without the files
    named in `but`.
    """
    rows: list[Labelled] = []
    for path in sorted(path for path in folder.glob(only) if path.name not in but):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows += [Labelled(r["label"], r["also"] or "", r["style"], r["text"]) for r in reader]
    return rows


def read_small_talk() -> list[Labelled]:
    """Turns of the dialogue that are no danger, from the intents' examples: greetings, bare ages,
    yes and no … Without them a message of a few odd words would look like anything.
    """
    rows = []
    for path in sorted(INTENTS.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            label = LABEL_OF.get(entry["intent"])
            if label:
                lines = entry["examples"].splitlines()
                rows += [Labelled(label, "", "", line[2:]) for line in lines if line[:2] == "- "]
    return rows


def read_questions() -> list[Labelled]:
    """Everyday questions that are no danger: the library's sample questions and those of the
    intents, without what may tell of a danger (data/screen/library.yml, the lexicon's signs).
    """
    left_out = yaml.safe_load(LEFT_OUT.read_text(encoding="utf-8"))
    texts = [
        question
        for path in sorted(LIBRARY.rglob("*.md"))
        if path.parent.name not in left_out["domains"] and path.stem not in left_out["articles"]
        for question in sample_questions(path)
    ]
    for path in sorted(INTENTS.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if entry["intent"] == "ask_question":
                texts += [line[2:] for line in entry["examples"].splitlines() if line[:2] == "- "]
    return [Labelled("safe", "", "", text) for text in texts if not _tells_danger(text)]


def _tells_danger(text: str) -> bool:
    """A standing sign of the lexicon, urgent or not."""
    months = child_months(text)
    return any(
        finding.cancelled is None
        for lexicon in ("danger_signs", "soft_signs")
        for finding in find_signs(text, child_months=months, lexicon=lexicon)
    )


def weights_of(
    rows: list[Labelled], small_talk: list[Labelled], questions: list[Labelled]
) -> np.ndarray:
    """A rare label counts more than its messages, a long letter more than a line; small talk and
    questions count little.
    """
    counts = Counter(row.label for row in rows)
    each = {label: (len(rows) / (len(counts) * count)) ** EVEN for label, count in counts.items()}
    return np.array(
        [each[row.label] * (LONG_WEIGHT if row.style == LONG else 1) for row in rows]
        + [each[row.label] * TALK_WEIGHT for row in small_talk]
        + [each[row.label] * QUESTION_WEIGHT for row in questions]
    )


def train_classifier(models: Path) -> None:
    """Trains and writes the file; nothing when the fitting one is there."""
    from bot.nlu.screen.classifier import ScreenClassifier

    target = classifier_file(models)
    if target.is_file():
        return
    models.mkdir(exist_ok=True)
    messages, small_talk, questions = read_labelled(TRAIN), read_small_talk(), read_questions()
    rows = [*messages, *small_talk, *questions]
    texts = [row.text for row in rows]
    # The courier encodes a text once, for the screen, for Rasa and for the search.
    views = read_views(texts)
    vectors = encode_many(views[MARKED], VectorCache(DEFAULT_CACHE))
    weights = weights_of(messages, small_talk, questions)
    labels = [row.label for row in rows]
    ScreenClassifier.fit(views, labels, vectors, weights).save(target)
