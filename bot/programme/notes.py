"""What is no fault of a folder of library files but asks for a trainer's eye: questions that two
articles share, sources and reviews that grow old, links that lead nowhere, ages without an answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.normalise import fold
from bot.programme.errors import FileFault
from bot.programme.files import ContentFile, parse
from bot.programme.passages import text_to_encode
from bot.programme.tables import line_of, read_table

# Cosine of two sample questions from which on two articles claim the same question. The encoder
# gives 0.85 to any two questions about children; chosen by reading the pairs of the library.
SAME_QUESTION = 0.97
OLD_SOURCE_YEARS = 5
# What titles of the same topic for other ages differ in.
AGE = re.compile(r"\d+(?:[.,]\d+)?|\b(?:tháng|tuổi|rưỡi|từ|đến|dưới|trên|bé|trẻ|con)\b|[–-]")


class Note(FileFault):
    """No fault; `can_wait`: a matter of upkeep, no parent is answered worse today."""

    can_wait = False


class Upkeep(Note):
    """A source that grew old."""

    can_wait = True


def folder_notes(folder: Path, today: date) -> list[Note]:
    """Every note, by file and line; files that cannot be read are left to `check_folder`."""
    files = list(_readable(folder))
    return [
        *_shared_questions(files),
        *_dead_links(files),
        *_age_holes(files),
        *_reviews_passed(files, today),
        *_old_sources(folder / "sources.yml", today),
    ]


def _readable(folder: Path) -> Iterator[tuple[Path, ContentFile]]:
    for part, is_card in (("articles", False), ("emergency", True)):
        for path in sorted((folder / part).rglob("*.md")):
            try:
                yield path, parse(path.read_text(encoding="utf-8"), path, is_card=is_card)
            except FileFault:
                continue


def _shared_questions(files: list[tuple[Path, ContentFile]]) -> Iterator[Note]:
    """Pairs of nearly the same sample question under two articles whose ages overlap."""
    rows = [
        (path, content, question)
        for path, content in files
        if content.head["live"]
        for question in content.head.get("questions", [])
    ]
    if not rows:
        return
    vectors = encode_many([text_to_encode(question) for *_, question in rows], VectorCache())
    alike = vectors @ vectors.T
    for i, j in np.argwhere(np.triu(alike, 1) >= SAME_QUESTION):
        (path, one, question), (_, other, theirs) = rows[i], rows[j]
        if one.slug == other.slug or not _overlap(one, other) or not _share_words(question, theirs):
            continue
        yield Note(
            path,
            line_of(path, question),
            f"mâu thuẫn: «{question}» gần như trùng «{theirs}» của bài {other.slug}",
        )


def _overlap(one: ContentFile, other: ContentFile) -> bool:
    a, b = one.head["ages"], other.head["ages"]
    if not a or not b:
        return bool(one.head["pregnancy"] and other.head["pregnancy"])
    return bool(a[0] < b[1] and b[0] < a[1])


def _share_words(question: str, other: str) -> bool:
    """The encoder alone takes "chậm nói" and "chậm đi" for much the same."""
    a, b = (set(fold(text_to_encode(text)).split()) for text in (question, other))
    return len(a & b) / len(a | b) >= 0.6


def _dead_links(files: list[tuple[Path, ContentFile]]) -> Iterator[Note]:
    live = {content.slug for _, content in files if content.head["live"]}
    there = {content.slug for _, content in files}
    for path, content in files:
        for slug in content.head.get("related", []):
            if slug in there and slug not in live and content.head["live"]:
                yield Note(path, line_of(path, "related:"), f"bài liên quan không hiện: {slug}")


def _age_holes(files: list[tuple[Path, ContentFile]]) -> Iterator[Note]:
    """A topic answered for some months, and for later ones, but not between. Articles are of one
    topic where they say so, or where their titles differ in the age alone.
    """
    topics: dict[str, list[tuple[int, int, Path]]] = defaultdict(list)
    for path, content in files:
        if content.head["live"] and content.head.get("ages"):
            start, end = content.head["ages"]
            for topic in (*content.head["topics"], _without_age(content.head["title"])):
                topics[topic].append((start, end, path))
    for topic, spans in topics.items():
        spans.sort()
        reached = spans[0][1]
        for start, end, path in spans[1:]:
            if start > reached:
                yield Note(
                    path,
                    line_of(path, "ages:"),
                    f"chủ đề {topic} chưa có bài cho bé từ {reached} đến dưới {start} tháng",
                )
            reached = max(reached, end)


def _without_age(title: str) -> str:
    return " ".join(AGE.sub(" ", title.lower()).split())


def _reviews_passed(files: list[tuple[Path, ContentFile]], today: date) -> Iterator[Note]:
    for path, content in files:
        again = content.head["review"]["again"]
        if again < today:
            yield Note(path, line_of(path, "review:"), f"quá hạn xem lại từ {again}")
        valid = content.head.get("valid")
        if valid and valid[1] and valid[1] < today and content.head["live"]:
            yield Note(path, line_of(path, "valid:"), f"hết hiệu lực từ {valid[1]}")


def _old_sources(path: Path, today: date) -> Iterator[Note]:
    for key, row in read_table(path).items():
        year = row.get("year") if isinstance(row, dict) else None
        if isinstance(year, int) and today.year - year > OLD_SOURCE_YEARS:
            yield Upkeep(path, line_of(path, f"{key}:"), f"nguồn {key} đã cũ: năm {year}")
