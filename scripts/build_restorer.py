"""Counts how syllables follow each other in text with marks, for bot.nlu.restore. Prints how well
held-out lines come back, and how quickly.

    python scripts/build_restorer.py TEXT [TEXT …]

One sentence a line. Our own library and training data are counted too. The texts stay where they
are; the counts are shipped (docs/data-card.md, NOTICE).
"""

import csv
import re
import sys
import time
import unicodedata
from pathlib import Path

from bot.nlu import syllables
from bot.nlu.marks import fold
from bot.nlu.restore import read, split
from bot.nlu.syllables import MARKERS, Syllables, count_triples, save

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT_EVERY = 12
SHORT_WORDS = 14
# Short questions like those that will be read count more than our own articles.
TEXT_WEIGHT = 3
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")


def is_marked(line: str) -> bool:
    """Most of it bears marks, so that its bare words are truly bare."""
    words = [word for word in split(line) if word not in MARKERS]
    return len(words) > 1 and sum(fold(word) != word for word in words) >= 0.4 * len(words)


def own_lines() -> list[str]:
    """Sentences of the library, of the replies and of the training data."""
    lines: list[str] = []
    for path in sorted((ROOT / "data/programme").rglob("*.md")):
        lines += SENTENCE.split(path.read_text(encoding="utf-8"))
    for path in [*sorted((ROOT / "data/nlu").glob("*.yml")), ROOT / "domain.yml"]:
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", path.read_text(encoding="utf-8"))
        lines += text.splitlines()
    for path in sorted((ROOT / "data/screen/train").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            lines += [piece for row in rows for piece in SENTENCE.split(row["text"])]
    lines = [unicodedata.normalize("NFC", re.sub(r"\{[^}]*\}", "", line)) for line in lines]
    return [line for line in lines if is_marked(line)]


def counted(texts: list[str], own: list[str]) -> Syllables:
    weights = [TEXT_WEIGHT] * len(texts) + [1] * len(own)
    return count_triples(map(split, [*texts, *own]), weights)


def tell(lines: list[str], made: Syllables, name: str) -> None:
    right = total = 0
    begun = time.perf_counter()
    for line in lines:
        meant = split(line)
        got = read([word if word in MARKERS else fold(word) for word in meant], made)
        pairs = [(a, b) for a, b in zip(meant, got, strict=True) if a not in MARKERS]
        right += sum(a == b for a, b in pairs)
        total += len(pairs)
    took = (time.perf_counter() - begun) / total * 20 * 1000
    sys.stdout.write(f"{name}: {right / total:.4f} of {total} words, {took:.2f} ms for 20 words\n")


def main() -> None:
    lines = [
        unicodedata.normalize("NFC", line.strip())
        for path in sys.argv[1:]
        for line in Path(path).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    own = own_lines()
    held_out = list(dict.fromkeys(lines))[::HELD_OUT_EVERY]
    apart = set(held_out)
    made = counted([line for line in lines if line not in apart], own)
    clean = [line for line in held_out if is_marked(line)]
    tell(held_out, made, "held-out lines")
    tell(clean, made, "of these, lines that bear marks")
    short = [line for line in clean if len(split(line)) <= SHORT_WORDS]
    tell(short, made, "of these, short ones")
    save(counted(lines, own), syllables.FILE)
    sys.stdout.write(f"{syllables.FILE.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
