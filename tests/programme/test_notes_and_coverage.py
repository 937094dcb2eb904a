"""What asks for a trainer's eye, and which real questions have an article."""

from datetime import date
from pathlib import Path

import pytest

from bot.programme.check import check_folder, text_faults
from bot.programme.coverage import coverage_figures, read_labels
from bot.programme.errors import FileFault
from bot.programme.glossary import Glossary, read_glossary
from bot.programme.notes import folder_notes

TODAY = date(2026, 11, 26)
HEAD = """---
slug: {slug}
title: {title}
domain: health
topics: [{topic}]
ages: [{ages}]
questions:
{questions}
sources: [who]
live: true
note: null
review: {{state: in_review, by: null, on: null, again: {again}}}
---
Nội dung.
"""
WORDS = ("một", "hai", "ba", "bốn", "năm")


def write(
    folder: Path,
    slug: str,
    *,
    first: str,
    ages: str = "0, 6",
    again: str = "2027-01-31",
    topic: str = "ho",
    title: str = "",
) -> None:
    questions = "\n".join(f"  - {q}" for q in (first, *(f"{slug} câu {n}" for n in WORDS)))
    path = folder / "articles/health" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEAD.format(
            slug=slug,
            title=title or slug,
            topic=topic,
            ages=ages,
            questions=questions,
            again=again,
        ),
        encoding="utf-8",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.yml").write_text(
        "who: {title: T, publisher: WHO, year: 2014, url: 'https://w.int', checked: 2026-01-01}\n",
        encoding="utf-8",
    )
    return tmp_path


def notes(folder: Path) -> list[str]:
    return [note.user_message for note in folder_notes(folder, TODAY)]


def test_the_same_question_under_two_articles_is_a_conflict(folder: Path) -> None:
    write(folder, "ho-a", first="bé ho về đêm phải làm sao ạ")
    write(folder, "ho-b", first="bé ho về đêm thì phải làm sao ạ")
    assert any("mâu thuẫn" in note and "ho-b" in note for note in notes(folder))


def test_ages_may_differ_without_conflict_but_not_leave_a_hole(folder: Path) -> None:
    write(folder, "ho-a", first="bé ho về đêm phải làm sao ạ", ages="0, 6")
    write(folder, "ho-b", first="bé ho về đêm thì phải làm sao ạ", ages="7, 12")
    found = notes(folder)
    assert not any("mâu thuẫn" in note for note in found)
    assert any("từ 6 đến dưới 7 tháng" in note for note in found)


def test_titles_that_differ_in_the_age_alone_are_of_one_topic(folder: Path) -> None:
    write(folder, "a", first="a", topic="", title="Bé 0–6 tháng chơi gì?", ages="0, 6")
    write(folder, "b", first="b", topic="", title="Con 1 tuổi chơi gì?", ages="7, 12")
    assert any(
        "chơi gì? chưa có bài cho bé từ 6 đến dưới 7 tháng" in note for note in notes(folder)
    )


def test_old_sources_and_passed_reviews_are_named(folder: Path) -> None:
    write(folder, "ho-a", first="bé ho", again="2026-01-31")
    found = notes(folder)
    assert any("nguồn who đã cũ: năm 2014" in note for note in found)
    assert any("quá hạn xem lại" in note for note in found)


def test_the_shipped_library_leaves_nothing_to_decide() -> None:
    waiting = [note for note in folder_notes(Path("data/programme"), TODAY) if not note.can_wait]
    assert waiting == []


def test_a_word_to_avoid_is_a_fault_in_our_text_and_not_in_a_parents_question(folder: Path) -> None:
    (folder / "glossary.yml").write_text(
        "avoid: [{word: tật nguyền, say: khuyết tật, why: tôn trọng}]\n", encoding="utf-8"
    )
    write(folder, "ho-a", first="con tật nguyền thì học ở đâu")
    assert not any("tật nguyền" in fault.user_message for fault in check_folder(folder))
    path = folder / "articles/health/ho-a.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Nội dung.", "Trẻ Tật nguyền."))
    assert any("nên viết: khuyết tật" in fault.user_message for fault in check_folder(folder))
    assert any("tật nguyền" in fault for fault in text_faults("Bé tật nguyền"))


def test_a_glossary_that_is_not_in_form_is_told(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    assert read_glossary(path) == Glossary()
    for text in ("- a", "avoid: [{word: a}]", "regional: {a: b}", "a: [", "other: 1"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileFault):
            read_glossary(path)


def test_labels_of_real_questions_hold_rows_and_slugs_but_no_words() -> None:
    labels = read_labels(Path("tests/data/coverage/labels.tsv"))
    assert len(labels) >= 600
    assert len({label.row for label in labels}) == len(labels)
    known = {path.stem for path in Path("data/programme").rglob("*.md")}
    for label in labels:
        assert {slug.removeprefix("card:") for slug in label.slugs} <= known


def test_labels_in_another_form_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("1\tnone\nhai\tx\n", encoding="utf-8")
    with pytest.raises(ValueError, match=":2"):
        read_labels(path)


@pytest.mark.django_db
def test_coverage_counts_what_is_in_scope_and_where_it_is_found(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text(
        "1\tan-dam-bat-dau-khi-nao\n2\tnone\t\tráy tai\n3\tclinician\n4\tout_of_scope\n",
        encoding="utf-8",
    )
    questions = ["bé mấy tháng thì ăn dặm được", "x", "y", "z"]
    figures = coverage_figures(questions, read_labels(path))
    assert (figures["n"], figures["in_scope"], figures["covered"]) == (4, 2, 0.5)
    assert figures["top1"] == figures["top3"] == 1.0
    assert figures["missing"] == {"ráy tai": 1}


def test_a_regional_word_stands_beside_the_word_that_all_know(folder: Path) -> None:
    (folder / "glossary.yml").write_text(
        "avoid: []\nregional: {thìa: [muỗng]}\nonly_with: [muỗng]\n", encoding="utf-8"
    )
    write(folder, "ho-a", first="cho bé muỗng được không")
    path = folder / "articles/health/ho-a.md"
    text = path.read_text(encoding="utf-8")
    assert not any("muỗng" in fault.user_message for fault in check_folder(folder))
    path.write_text(text.replace("Nội dung.", "Lấy một muỗng."), encoding="utf-8")
    assert any("thêm «thìa»" in fault.user_message for fault in check_folder(folder))
    path.write_text(text.replace("Nội dung.", "Lấy một thìa (muỗng)."), encoding="utf-8")
    assert not any("muỗng" in fault.user_message for fault in check_folder(folder))


@pytest.mark.parametrize("domain", ["health", "development"])
def test_every_article_on_health_or_development_says_when_to_see_a_doctor(domain: str) -> None:
    silent = [
        path.stem
        for path in Path("data/programme/articles", domain).glob("*.md")
        if "\n## Khi nào cần đi khám\n" not in path.read_text(encoding="utf-8")
    ]
    assert silent == []
