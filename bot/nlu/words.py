"""Symptoms, parts of the body, foods, vaccines and people of the family that a line names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.phrases import MASK, syllables
from bot.nlu.pipeline import vietnamese
from bot.nlu.readable import Line
from bot.nlu.restore import near_readings, restore
from bot.nlu.wordsense import stands

WORD = re.compile(r"[^\W\d_]+")
# Words left and right of a bare one that help to read it.
NEAR = 4
# Symptoms whose names tell of no part of the body.
NAME_NO_PART = frozenset({"ấm đầu", "nóng đầu", "vàng da", "chảy nước mắt", "vàng mắt", "tím mặt"})


@dataclass(frozen=True)
class Word:
    """Places are in the readable line; `written` is the phrase as the list has it."""

    kind: str
    meaning: str
    written: str
    start: int
    end: int


def words(line: Line) -> list[Word]:
    """The longest phrases; inside a symptom the part of the body that it names is kept too."""
    doc = vietnamese()(line.meant)
    found = [
        Word(span.label_, span.id_, span.kb_id_, span.start_char, span.end_char)
        for span in doc.spans["ruler"]
    ]
    found.sort(key=lambda word: (-len(syllables(word.written)), word.kind != MASK, word.start))
    unclear = [word for word in found if _is_unclear(line, word)]
    read = _readings(line, unclear)
    others = _nearly(line, [word for word in unclear if read.get(word.start) != word.written])
    kept: list[Word] = []
    for word in found:
        over = [one for one in kept if one.start < word.end and word.start < one.end]
        if over and not _is_part_of_symptom(word, over):
            continue
        misread = read.get(word.start, word.written) != word.written and _is_unclear(line, word)
        if misread and word not in others:
            continue
        if word.kind == MASK or stands(line, word):
            kept.append(word)
    return [word for word in kept if word.kind != MASK]


def _is_part_of_symptom(word: Word, over: list[Word]) -> bool:
    return word.kind == "body_part" and all(
        one.kind == "symptom"
        and one.written not in NAME_NO_PART
        and one.start <= word.start
        and word.end <= one.end
        and f" {word.written} " in f" {one.written} "
        for one in over
    )


def _is_unclear(line: Line, word: Word) -> bool:
    """A syllable typed without marks may be another one."""
    if " " in word.written or not line.meant[word.start : word.end].isascii():
        return False
    return not (word.written.isascii() and line.has_marks)


def _nearly(line: Line, misread: list[Word]) -> frozenset[Word]:
    """Symptoms and foods that are nearly as likely as what was read in their place."""
    wanted = [word for word in misread if word.kind in {"symptom", "food"}]
    if not wanted:
        return frozenset()
    near = near_readings(line.meant)
    return frozenset(word for word in wanted if word.written in near.get(word.start, ()))


def _readings(line: Line, unclear: list[Word]) -> dict[int, str]:
    """What each unclear syllable is read as, by its place, given the words around it."""
    if not unclear:
        return {}
    around = list(WORD.finditer(line.meant))
    places = {one.start(): i for i, one in enumerate(around)}
    wanted = sorted({places[word.start] for word in unclear if word.start in places})
    read: dict[int, str] = {}
    windows: list[tuple[int, int]] = []
    for place in wanted:
        first, last = max(0, place - NEAR), min(len(around) - 1, place + NEAR)
        if windows and first <= windows[-1][1]:
            first = windows.pop()[0]
        windows.append((first, last))
    for first, last in windows:
        start, end = around[first].start(), around[last].end()
        restored = restore(line.meant[start:end])
        if len(restored) == end - start:
            for one in around[first : last + 1]:
                read[one.start()] = restored[one.start() - start : one.end() - start].lower()
    return read
