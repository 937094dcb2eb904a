"""Sentences of our own for build_restorer.py: library, training data, lists, docs, names."""

import csv
import json
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.nlu.marks import fold
from bot.nlu.restore import split
from bot.nlu.syllables import MARKERS

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
PIECE = re.compile(r"[.!?…]\s+|[\[\],:\"|]")
# Lines that share so many words in a row are taken to be of one text.
SHARED_WORDS = 6
# Invented names: how many, and the family names (with their weight) that most people bear.
NAMES = 2000
FAMILIES = {"nguyễn": 25, "lê": 13, "trần": 10, "phạm": 5}
MORE_FAMILIES = ("hồ", "ngô", "dương", "lý", "đỗ")


def is_marked(line: str) -> bool:
    """Most of it bears marks, so that its bare words are truly bare."""
    words = [word for word in split(line) if word not in MARKERS]
    return len(words) > 1 and sum(fold(word) != word for word in words) >= 0.4 * len(words)


def text_lines(path: Path) -> list[str]:
    """Sentences of a text that is given: a line each (.txt), the first column after its head
    (.tsv), or every text of every object (.jsonl). Raises ValueError for another kind of file.
    """
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        lines = [line.split("\t")[0] for line in content.splitlines()[1:]]
    elif path.suffix == ".jsonl":
        texts = [text for line in content.splitlines() for text in json.loads(line).values()]
        lines = [sentence for text in texts for sentence in SENTENCE.split(text)]
    elif path.suffix == ".txt":
        lines = content.splitlines()
    else:
        raise ValueError(f"{path.name}: not .txt, .tsv or .jsonl")
    return [unicodedata.normalize("NFC", line.strip()) for line in lines if line.strip()]


def without_shared(lines: Iterable[str], held_out: Iterable[str]) -> list[str]:
    """The lines that have no run of words in common with a line held out."""
    apart = {run for line in held_out for run in _runs(line)}
    return [line for line in lines if not _runs(line) & apart]


def _runs(line: str) -> set[str]:
    words = split(line)
    last = max(1, len(words) - SHARED_WORDS + 1)
    return {" ".join(words[at : at + SHARED_WORDS]) for at in range(last)}


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
    yield from text_lines(ROOT / "data/restore/questions.txt")
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
