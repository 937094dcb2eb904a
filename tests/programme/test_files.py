"""Files of the library: exact there and back, and every fault named with its line."""

import shutil
from pathlib import Path

import pytest

from bot.programme.check import check_folder
from bot.programme.errors import FileFault
from bot.programme.files import parse, serialise
from bot.programme.hotlines import PROGRAMME
from bot.programme.models import Article
from bot.programme.services import export_library, import_library

SLUG = "an-dam-bat-dau-khi-nao"
ARTICLE = Path(f"articles/nutrition/{SLUG}.md")


def small_library(folder: Path) -> None:
    """One article with the tables, in the shipped form."""
    (folder / ARTICLE).parent.mkdir(parents=True)
    for name in (ARTICLE, "sources.yml", "hotlines.yml"):
        shutil.copyfile(PROGRAMME / name, folder / name)


@pytest.mark.django_db
def test_the_whole_library_comes_back_byte_for_byte(tmp_path: Path) -> None:
    assert export_library(tmp_path) >= 6
    shipped = sorted(
        path.relative_to(PROGRAMME)
        for path in PROGRAMME.rglob("*.*")
        if path.suffix in {".md", ".yml"}
    )
    assert shipped
    for path in shipped:
        if (tmp_path / path).exists() or path.suffix == ".md" or path.name == "sources.yml":
            assert (tmp_path / path).read_bytes() == (PROGRAMME / path).read_bytes(), path


def test_the_shipped_library_has_no_fault() -> None:
    assert check_folder(PROGRAMME) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sources: [", "sources: [khong-co, ", "nguồn không có"),
        ("domain: nutrition", "domain: cooking", "lĩnh vực lạ"),
        ("state: in_review", "state: approved", "không có tên người duyệt"),
        ("## Thêm\n", "## Thêm\nCho uống 5 ml mỗi lần.\n", "giống liều thuốc"),
        ("{hotline:115}", "115", "số điện thoại"),
        ("## Thêm\n", "## Thêm\n" + "dài " * 200 + "\n***\n", "đoạn dài"),
        ("again: 2027-05-31", "again: mai", "ngày"),
        ("live: true", "live: true\nlạ: 1", "mục lạ"),
    ],
)
def test_each_fault_is_named_with_its_file(tmp_path: Path, old: str, new: str, fault: str) -> None:
    small_library(tmp_path)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / ARTICLE).write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = [f for f in check_folder(tmp_path) if fault in f.fault]
    assert faults
    assert SLUG in str(faults[0].path)
    assert faults[0].line >= 1


def test_a_file_without_a_head_is_refused() -> None:
    with pytest.raises(FileFault):
        parse("không có đầu", "x.md")


def test_parsing_and_writing_are_inverse() -> None:
    text = (PROGRAMME / ARTICLE).read_text(encoding="utf-8")
    assert serialise(parse(text, ARTICLE)) == text


@pytest.mark.django_db
def test_what_a_trainer_edited_is_kept_when_a_release_brings_another_text(tmp_path: Path) -> None:
    article = Article.objects.get(slug=SLUG)
    article.first = "Sửa ở đây."
    article.save()
    small_library(tmp_path)
    path = tmp_path / ARTICLE
    path.write_text(
        path.read_text(encoding="utf-8").replace("tròn 6 tháng", "đủ 6 tháng"), encoding="utf-8"
    )
    report = import_library(tmp_path)
    article.refresh_from_db()
    assert report.kept == [SLUG]
    assert article.first == "Sửa ở đây."
    assert "đủ 6 tháng" in article.newer_shipped_text
