"""Messages that may ask of several things: where such a message can be parted.

Only words are looked at (data/lexicon/joiners.yml); whether the parts really are about different
things is for the search to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import yaml

from bot.nlu.fillers import cover, without_ages, words_of
from bot.nlu.normalise import LEXICON
from bot.nlu.readable import Line, read_line
from bot.nlu.vague import LIST as VAGUE_LIST

EDGES = " \t\n,.;:!-–…"
FEWEST_WORDS = 2
NAME_CHARACTERS = 70


@dataclass(frozen=True)
class Part:
    """`text` as it was typed; `is_joined`: a word like "với lại" stands before it, not the end of a
    question alone.
    """

    text: str
    is_joined: bool


def split_parts(text: str) -> list[Part]:
    """The parts in their order, each of which says something; one when there is nothing to part."""
    line = read_line(text)
    cuts = _cuts(line)
    parts: list[Part] = []
    lead = ""
    places = [(0, 0, False), *cuts]
    ends = [*(start for start, _, _ in cuts), len(line.typed)]
    for (_, begin, is_joined), end in zip(places, ends, strict=True):
        said = line.typed[begin:end].strip(EDGES)
        if not said:
            continue
        if _says_something(said):
            parts.append(Part(f"{lead} {said}".strip(), is_joined and bool(parts)))
            lead = ""
        elif parts:
            parts[-1] = Part(f"{parts[-1].text}, {said}", parts[-1].is_joined)
        else:
            lead = f"{lead} {said}".strip()
    return parts or [Part(line.typed.strip(), False)]


def name_of(part: str) -> str:
    """A part in its own words, short enough to stand in a sentence."""
    line = " ".join(part.split()).strip(EDGES + '?"“”')
    if len(line) <= NAME_CHARACTERS:
        return line
    return line[:NAME_CHARACTERS].rpartition(" ")[0].rstrip(EDGES) + "…"


def _says_something(said: str) -> bool:
    words = words_of(without_ages(unicodedata.normalize("NFC", said))[0])
    return len(words) >= FEWEST_WORDS and any(not kind for kind, _ in cover(words, VAGUE_LIST))


def _cuts(line: Line) -> list[tuple[int, int, bool]]:
    """(end of what stands before, begin of what stands after, by a word), by place, as typed."""
    found = []
    for is_joined, patterns in ((True, _patterns()[0]), (False, _patterns()[1])):
        for pattern in patterns:
            for match in pattern.finditer(line.plain if pattern.pattern.isascii() else line.meant):
                start, end = line.typed_span(*match.span())
                # The question mark belongs to what was asked.
                found.append((end if line.typed[start] == "?" else start, end, is_joined))
    kept: list[tuple[int, int, bool]] = []
    for cut in sorted(found, key=lambda cut: (not cut[2], cut[0] - cut[1], cut[0])):
        if all(cut[1] <= other[0] or other[1] <= cut[0] for other in kept):
            kept.append(cut)
    return sorted(kept)


@lru_cache(maxsize=1)
def _patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """What joins two questions, whole words only; what merely ends one."""
    content = yaml.safe_load((LEXICON / "joiners.yml").read_text(encoding="utf-8"))
    return (
        [re.compile(rf"(?<!\w)(?:{line})(?!\w)") for line in content["between"]],
        [re.compile(line) for line in content["weak"]],
    )
