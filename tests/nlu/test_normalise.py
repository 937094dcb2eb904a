"""A message is read as it was meant, however it was typed."""

from pathlib import Path

import pytest

from bot.nlu.marks import is_plain_syllable, is_syllable
from bot.nlu.normalise import fold, normalise
from bot.nlu.restore import read, restore
from bot.nlu.syllables import load, save, shipped
from bot.nlu.tables import in_use


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bes bij soots", "bé bị sốt"),
        ("be1 bi5 so61t co gia65t", "bé bị sốt co giật"),
        ("d9au bung5", "đau bụng"),
        ("bes khoong bus, caif trong xoong", "bé không bú, cài trong xoong"),
        ("con ko bú dc", "con không bú được"),
        ("Hòa thúy", "hoà thuý"),
        ("bé  ĐAUUUU\nbụng", "bé đau bụng"),
        ("Bé 2t sốt 39k5", "bé 2t sốt 39k5"),
        ("mệt quáaaa, chờ lâuu nghỉii", "mệt quá, chờ lâu nghỉ"),
    ],
)
def test_slips_are_read_as_what_was_meant(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_no_syllable_in_use_is_taken_for_a_slip_when_its_marks_are_gone() -> None:
    bare = {fold(word) for word in in_use() if is_syllable(word)}
    assert [word for word in sorted(bare) if not is_plain_syllable(word)] == []
    assert normalise("nga giuong") == "nga giuong"


def test_folding_keeps_words_and_loses_marks() -> None:
    assert fold("Đường về nhà Bé") == "duong ve nha be"


@pytest.mark.parametrize("line", ["", "be bi SOT, 39 do!", "Bé ngủ", "abc xyz 12"])
def test_restoring_changes_marks_alone(line: str) -> None:
    restored = restore(line)
    assert fold(restored) == fold(line)
    assert [c.isupper() for c in restored] == [c.isupper() for c in line]


def test_marks_are_put_back() -> None:
    assert restore("be bi sot phai lam sao") == "bé bị sốt phải làm sao"


def test_a_number_and_a_pause_are_company_too() -> None:
    assert restore("be 8 thang sot 39 do") == "bé 8 tháng sốt 39 độ"
    assert read(["#", "|", "#"], shipped()) == ["#", "|", "#"]


def test_names_are_read_as_names() -> None:
    assert restore("Nguyen Thi Hong Hanh") == "Nguyễn Thị Hồng Hạnh"


def test_marks_that_were_typed_stay() -> None:
    assert restore("mũi bé chay nuoc mui") == "mũi bé chảy nước mũi"


def test_counts_come_back_as_they_were_saved(tmp_path: Path) -> None:
    save(shipped(), tmp_path / "counts.npz")
    again = load(tmp_path / "counts.npz")
    assert again.words == shipped().words
    assert all(
        (again.tables[name].keys == table.keys).all() for name, table in shipped().tables.items()
    )
    assert read(["be", "bi", "sot"], again) == ["bé", "bị", "sốt"]


def test_what_nobody_ever_wrote_stays_as_it_is() -> None:
    assert restore("xyzzy qwrt") == "xyzzy qwrt"
    assert restore("") == ""
