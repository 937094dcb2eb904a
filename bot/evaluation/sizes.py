"""How much data there is: messages, and messages when every way of typing one counts once, so that
variants made by program add nothing.
"""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.asked import read_asked
from bot.evaluation.entities import read_marked
from bot.evaluation.intents import read_examples
from bot.evaluation.likeness import seeds
from bot.nlu.scope import outside_texts
from bot.nlu.screen.files import INTENTS, LIBRARY, TRAIN, sample_questions
from bot.nlu.screen.training import read_labelled

TESTS = Path(__file__).resolve().parents[2] / "tests/data"


def data_sizes() -> dict[str, dict[str, int]]:
    """By set of data, training first: `n` and `seeds`."""
    texts = {
        "screen_train": [row.text for row in read_labelled(TRAIN)],
        "intents": [text for _, text in read_examples(INTENTS)],
        "sample_questions": [
            line for path in sorted(LIBRARY.rglob("*.md")) for line in sample_questions(path)
        ],
        "outside": list(outside_texts()),
        "screen_test": [row.text for row in read_labelled(TESTS / "screen")],
        "entities_test": [text for _, text, _ in read_marked(TESTS / "entities.jsonl")],
    }
    for path in sorted((TESTS / "search").glob("*.tsv")):
        texts[f"search_{path.stem}"] = [row.text for row in read_asked(path)]
    return {name: {"n": len(rows), "seeds": seeds(rows)} for name, rows in texts.items()}
