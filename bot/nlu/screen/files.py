"""The files that teach the screen, and the name of the classifier that fits them. Light: whoever
starts asks whether it is there.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
TRAIN = ROOT / "data/screen/train"
INTENTS = ROOT / "data/nlu"
LIBRARY = ROOT / "data/programme/articles"
LEFT_OUT = ROOT / "data/screen/library.yml"


def sample_questions(path: Path) -> list[str]:
    """The `questions:` of an article's head; each stands on a line of its own."""
    return yaml.safe_load(_questions_block(path)) or []


def _questions_block(path: Path) -> str:
    _, _, after = path.read_text(encoding="utf-8").partition("\nquestions:\n")
    block = re.match(r"(?:  - .*\n)*", after)
    return block[0] if block else ""


def classifier_file(models: Path) -> Path:
    """Where the classifier that fits the data is, or would be."""
    digest = hashlib.sha256()
    # Which questions teach it depends on signs, ages and words too.
    made_of = [
        *sorted(TRAIN.glob("*.tsv")),
        *sorted(INTENTS.glob("*.yml")),
        LEFT_OUT,
        *sorted(path for path in (ROOT / "data/lexicon").iterdir() if path.is_file()),
        *sorted((ROOT / "bot/nlu").rglob("*.py")),
    ]
    for path in made_of:
        digest.update(path.read_bytes())
    for path in sorted(LIBRARY.rglob("*.md")):
        digest.update(f"{path.stem}\n{_questions_block(path)}".encode())
    return models / f"screen-{digest.hexdigest()[:12]}.pickle"
