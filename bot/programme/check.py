"""Holds a folder of library files against the rules: form, sources, links, length, doses, numbers,
approvals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.programme.errors import FileFault
from bot.programme.files import ContentFile, parse, serialise
from bot.programme.glossary import Glossary, read_glossary, shipped_glossary
from bot.programme.hotlines import PLACEHOLDER
from bot.programme.models import Danger, Domain, ReviewState
from bot.programme.tables import line_of, read_table

PIECE_CHARACTERS = 700
QUESTIONS, MOST_QUESTIONS = 6, 25
DOSE = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|ml|giọt|viên|gói)\s*(?:/|mỗi|một)\s*(?:kg|lần|ngày)|\d\s*mg\b",
    re.IGNORECASE,
)
# Three digits that the table knows, or anything that looks like a telephone number.
EMERGENCY_NUMBER = re.compile(
    r"(?<![\d.,/-])1(?:1[1-5])(?![\d.,]\d|\d|\s*(?:ml|g|kg|cm|ngày|tháng|tuần|trẻ|lần))"
)
PHONE = re.compile(r"(?<![\d/])(?:\+84|0|1[89]00)[\d .-]{7,12}\d(?!\d)")


def check_folder(folder: Path) -> list[FileFault]:
    """Every fault, by file and line."""
    faults: list[FileFault] = []
    files: dict[Path, ContentFile] = {}
    glossary = Glossary()
    try:
        glossary = read_glossary(folder / "glossary.yml")
    except FileFault as fault:
        faults.append(fault)
    for part, is_card in (("articles", False), ("emergency", True)):
        for path in sorted((folder / part).rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            try:
                content = parse(text, path, is_card=is_card)
            except FileFault as fault:
                faults.append(fault)
                continue
            files[path] = content
            written = serialise(content, is_card=is_card)
            if written != text:
                faults.append(
                    FileFault(path, _first_difference(text, written), "không đúng dạng chuẩn")
                )
            faults += _check_text(path, text, content, glossary)
            faults += _check_head(path, content, is_card=is_card)
    sources, hotlines = (_keys(folder / name, faults) for name in ("sources.yml", "hotlines.yml"))
    slugs = {content.slug for path, content in files.items() if "articles" in path.parts}
    questions: dict[str, Path] = {}
    for path, content in files.items():
        faults += _check_links(path, content, sources, hotlines, slugs)
        for question in content.head.get("questions", []):
            key = " ".join(question.lower().split())
            if key in questions:
                faults.append(
                    _fault(path, question, f"câu hỏi lặp lại với {questions[key].name}: {question}")
                )
            questions.setdefault(key, path)
    return faults


def _check_head(path: Path, content: ContentFile, *, is_card: bool) -> Iterator[FileFault]:
    head = content.head
    if head["slug"] != path.stem:
        yield _fault(path, "slug:", f"slug {head['slug']} khác tên tệp")
    if not is_card and (head["domain"] not in Domain.values or head["domain"] != path.parent.name):
        yield _fault(path, "domain:", f"lĩnh vực lạ hoặc khác thư mục: {head['domain']}")
    if is_card and head["danger"] not in Danger.values:
        yield _fault(path, "danger:", f"loại nguy hiểm lạ: {head['danger']}")
    if not is_card and len(head["questions"]) < QUESTIONS:
        yield _fault(path, "questions:", f"cần ít nhất {QUESTIONS} câu hỏi mẫu")
    if not is_card and len(head["questions"]) > MOST_QUESTIONS:
        yield _fault(path, "questions:", f"nhiều nhất {MOST_QUESTIONS} câu hỏi mẫu")
    if not head["sources"]:
        yield _fault(path, "sources:", "thiếu nguồn")
    review = head["review"]
    if review["state"] not in ReviewState.values:
        yield _fault(path, "review:", f"tình trạng duyệt lạ: {review['state']}")
    if review["state"] == ReviewState.APPROVED and not (review["by"] and review["on"]):
        yield _fault(path, "review:", "đã duyệt mà không có tên người duyệt và ngày")
    if not head["live"] and not head["note"]:
        yield _fault(path, "live:", "không hiện mà không ghi vì sao")
    if not is_card and not head["ages"] and not head["pregnancy"]:
        yield _fault(path, "ages:", "bài không có tuổi phải là bài cho mang thai")


def text_faults(text: str) -> list[str]:
    """What is wrong with a text that a trainer typed: length of its pieces, doses, bare numbers."""
    faults = [
        f"Một đoạn dài {len(piece)} ký tự, tối đa {PIECE_CHARACTERS}; ngắt bằng một dòng ***."
        for piece in text.replace("\r\n", "\n").split("\n***\n")
        if len(piece) > PIECE_CHARACTERS
    ]
    for line in text.splitlines():
        if match := DOSE.search(line):
            faults.append(f"Giống liều thuốc: {match[0]}. Mầm không ghi liều.")
        bare = PLACEHOLDER.sub("", line)
        if match := EMERGENCY_NUMBER.search(bare) or PHONE.search(bare):
            faults.append(f"Số điện thoại phải viết bằng {{hotline:…}}: {match[0]}")
        faults += [
            word.fault().replace("từ", "Từ", 1) for word in shipped_glossary().avoided_in(line)
        ]
    return faults


def _check_text(
    path: Path, text: str, content: ContentFile, glossary: Glossary
) -> Iterator[FileFault]:
    for heading, part in content.parts.items():
        if not part.strip():
            yield _fault(path, f"## {heading}" if heading else "---", "phần trống")
        for piece in part.split("\n***\n"):
            if len(piece) > PIECE_CHARACTERS:
                yield _fault(
                    path,
                    piece[:40].splitlines()[0],
                    f"đoạn dài {len(piece)} ký tự, tối đa {PIECE_CHARACTERS}",
                )
    for other, ours in glossary.regional_alone("\n".join(content.parts.values())):
        yield _fault(path, other, f"cách nói vùng miền «{other}»: thêm «{ours}» để ai cũng hiểu")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("sources:", "slug:", "review:", "valid:")):
            continue
        if match := DOSE.search(line):
            yield FileFault(path, number, f"giống liều thuốc: {match[0]}")
        # Sample questions are parents' own words; a note is for reviewers.
        if not line.startswith(("  - ", "note:")):
            for word in glossary.avoided_in(line):
                yield FileFault(path, number, word.fault())
        bare = PLACEHOLDER.sub("", line)
        if match := EMERGENCY_NUMBER.search(bare) or PHONE.search(bare):  # noqa: SIM102
            # A sample question may name the number that it asks about.
            if not line.startswith("  - ") and not line.startswith("title:"):
                yield FileFault(
                    path, number, f"số điện thoại phải viết bằng {{hotline:…}}: {match[0]}"
                )


def _check_links(
    path: Path, content: ContentFile, sources: set[str], hotlines: set[str], slugs: set[str]
) -> Iterator[FileFault]:
    for key in content.head["sources"]:
        if key not in sources:
            yield _fault(path, "sources:", f"nguồn không có trong sources.yml: {key}")
    for slug in content.head.get("related", []):
        if slug not in slugs:
            yield _fault(path, "related:", f"bài liên quan không có: {slug}")
    for part in content.parts.values():
        for key in PLACEHOLDER.findall(part):
            if key not in hotlines:
                yield _fault(path, "{hotline:" + key, f"số {key} không có trong hotlines.yml")


def _keys(path: Path, faults: list[FileFault]) -> set[str]:
    """The keys of a table; one that cannot be read is a fault and holds none."""
    try:
        return {str(key) for key in read_table(path)}
    except FileFault as fault:
        faults.append(fault)
        return set()


def _fault(path: Path, needle: str, fault: str) -> FileFault:
    return FileFault(path, line_of(path, needle), fault)


def _first_difference(text: str, written: str) -> int:
    pairs = zip(text.splitlines(), written.splitlines(), strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs, 1) if a != b),
        min(text.count("\n"), written.count("\n")) + 1,
    )
