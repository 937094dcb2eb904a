"""Sentences of our own for build_restorer.py: library, training data, lists, docs, names."""

import csv
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bot.nlu.marks import fold
from bot.nlu.restore import split
from bot.nlu.syllables import MARKERS

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
PIECE = re.compile(r"[.!?…]\s+|[\[\],:\"|]")
# Invented names: how many, and the family names (with their weight) that most people bear.
NAMES = 2000
FAMILIES = {"nguyễn": 25, "lê": 13, "trần": 10, "phạm": 5}
MORE_FAMILIES = ("hồ", "ngô", "dương", "lý", "đỗ")


def is_marked(line: str) -> bool:
    """Most of it bears marks, so that its bare words are truly bare."""
    words = [word for word in split(line) if word not in MARKERS]
    return len(words) > 1 and sum(fold(word) != word for word in words) >= 0.4 * len(words)


def own_lines() -> list[str]:
    """Marked sentences of the library, the replies, the training data, the lists and the docs."""
    lines = [*_sentences(), *_phrases()]
    lines = [unicodedata.normalize("NFC", re.sub(r"\{[^}]*\}", "", line)) for line in lines]
    return [line for line in lines if is_marked(line)]


def _sentences() -> Iterator[str]:
    for path in sorted((ROOT / "data/programme").rglob("*.md")):
        yield from SENTENCE.split(path.read_text(encoding="utf-8"))
    for path in [*sorted((ROOT / "data/nlu").glob("*.yml")), ROOT / "domain.yml"]:
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", path.read_text(encoding="utf-8"))
        yield from text.splitlines()
    for path in sorted((ROOT / "data/screen/train").glob("*.tsv")):
        for row in _rows(path):
            yield from SENTENCE.split(row["text"])
    for path in sorted((ROOT / "docs").rglob("*.md")):
        yield from SENTENCE.split(path.read_text(encoding="utf-8"))


def _phrases() -> Iterator[str]:
    """Of the word lists and the tables of the programme."""
    for name in ("entities", "followups", "vague"):
        for row in _rows(ROOT / f"data/lexicon/{name}.tsv"):
            yield from row["cách viết"].split("|")
    for folder in ("programme", "lexicon"):
        for path in sorted((ROOT / "data" / folder).glob("*.yml")):
            # Titles of sources are other people's text.
            if path.name != "sources.yml":
                for line in path.read_text(encoding="utf-8").splitlines():
                    if not line.lstrip().startswith("#"):
                        yield from PIECE.split(line)


def name_lines() -> list[str]:
    """Invented names out of data/lexicon/names.tsv, the same at every call."""
    kinds: dict[str, list[str]] = {}
    for row in _rows(ROOT / "data/lexicon/names.tsv"):
        kinds.setdefault(row["loại"], []).extend(row["cách viết"].split("|"))
    families = kinds["họ rõ"] * 5 + kinds["họ"] + [*MORE_FAMILIES] * 3
    families += [name for name, weight in FAMILIES.items() for _ in range(weight)]
    # No secret hangs on it; the seed makes the file the same at every build.
    draw = random.Random(1)  # noqa: S311
    lines = []
    for _ in range(NAMES):
        middle = draw.choice(kinds["đệm"])
        middles = draw.choice(["thị", "thị", "văn", "", middle, f"thị {middle}", middle])
        given = draw.choice(kinds["tên"] if draw.random() < 0.6 else kinds["tên đôi"])
        lines.append(f"{draw.choice(families)} {middles} {given}")
    return lines


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
