"""Counts syllables and pairs on text with marks, for bot.nlu.restore. Prints how well held-out
lines come back.

    python scripts/build_restorer.py TEXT [TEXT …]

One sentence a line. The texts stay where they are; the counts are shipped (docs/data-card.md,
NOTICE).
"""

import gzip
import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from bot.nlu import restore as restorer
from bot.nlu.marks import fold

HELD_OUT_EVERY = 20


def count(lines: list[str]) -> dict[str, object]:
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    for line in lines:
        words = [restorer.START, *(match[0].lower() for match in restorer.WORD.finditer(line))]
        one.update(words[1:])
        two.update(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))  # noqa: RUF007
    return {"one": one, "two": two, "total": sum(one.values()), "lines": len(lines)}


def write(counts: dict[str, object]) -> None:
    data = json.dumps(counts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    restorer.MODEL.write_bytes(gzip.compress(data, mtime=0))
    restorer._model.cache_clear()


def main() -> None:
    lines = [
        unicodedata.normalize("NFC", line)
        for path in sys.argv[1:]
        for line in Path(path).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    held_out = lines[::HELD_OUT_EVERY]
    write(count([line for number, line in enumerate(lines) if number % HELD_OUT_EVERY]))
    right = total = 0
    for line in held_out:
        meant = [match[0].lower() for match in restorer.WORD.finditer(line)]
        got = [match[0].lower() for match in restorer.WORD.finditer(restorer.restore(fold(line)))]
        right += sum(a == b for a, b in zip(meant, got, strict=True))
        total += len(meant)
    sys.stdout.write(f"{right / total:.4f} of {total} held-out words\n")
    write(count(lines))


if __name__ == "__main__":
    main()
