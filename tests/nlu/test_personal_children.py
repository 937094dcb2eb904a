"""After "bé", "con", "cháu" a word with a capital is a name, unless it says what the child does or
has: telephones write capitals by themselves.

tests/data/personal-children.txt: 96 messages that are only measured, names in brackets; invented.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.counselling.masking import mask_version
from bot.nlu.personal import find_personal, mask
from bot.nlu.personal_lists import LISTS, dangers, doing_pairs, doings, names

LINES = (Path(__file__).parents[1] / "data/personal-children.txt").read_text("utf-8").splitlines()
NAMED = [line for line in LINES if "[" in line]
HARMLESS = [line for line in LINES if "[" not in line]
BRACKETS = re.compile(r"\[([^\]]+)\]")


def names_in(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_personal(text)]


def test_of_messages_on_what_a_child_does_5_percent_at_most_are_touched() -> None:
    assert len(HARMLESS) >= 40
    touched = [text for text in HARMLESS if find_personal(text)]
    assert len(touched) <= 0.05 * len(HARMLESS), touched


def test_of_messages_with_a_childs_name_95_percent_are_masked_to_the_letter() -> None:
    assert len(NAMED) >= 40
    wrong = [
        line for line in NAMED if names_in(BRACKETS.sub(r"\1", line)) != BRACKETS.findall(line)
    ]
    assert len(wrong) <= 0.05 * len(NAMED), wrong


@pytest.mark.parametrize("before", ["bé", "Bé", "con", "cháu", "em bé"])
@pytest.mark.parametrize(
    "does",
    [
        *("Co giật", "Ho", "Tím môi", "Ngã", "Sốt", "Nôn", "Khóc", "Chìm dưới ao", "Phát ban"),
        *("Táo bón", "Béo phì", "Sinh non", "Gái", "Thông minh"),
    ],
)
def test_what_a_child_does_or_has_is_no_name(before: str, does: str) -> None:
    text = f"Dạ {before} {does} từ hôm qua ạ"
    assert mask(text) == text


@pytest.mark.parametrize(
    "name", ["Tí", "Bông", "Na", "Sữa", "Cốm", "Tôm", "Táo", "Còi", "Béo", "Trang", "Gà Con", "Zin"]
)
def test_names_that_look_like_words_are_names(name: str) -> None:
    assert names_in(f"Bé {name} bị sốt") == [name]


def test_what_follows_a_name_is_not_part_of_it() -> None:
    assert mask("bé Bin Sốt cao") == "bé [tên] Sốt cao"
    assert mask("Cháu Nguyễn Thị Đỏ Ho nhiều").startswith("Cháu [tên]")


def test_every_listed_name_is_found_after_be_and_chau() -> None:
    listed = {*names()["tên"].written, *names()["tên ở nhà"].written, *names()["tên đôi"].written}
    # "bé gái" says what it is, "bé anh" and "ý bé" whose.
    told = [name.title() for name in sorted(listed - {"gái", "anh", "ý"})]
    missed = [name for name in told if name not in " ".join(names_in(f"cháu {name} nhà em bị ho"))]
    assert len(told) > 1200
    assert len(missed) <= 0.005 * len(told), missed


def test_no_word_is_both_a_name_and_what_a_child_does() -> None:
    listed = names()["tên"].written | names()["tên ở nhà"].written
    assert names()["việc của bé"].written & listed == set()


def test_lists_of_symptoms_and_dangers_are_read() -> None:
    assert {"co", "tím", "nghẹt"} <= doings().written
    assert {"kẹt", "chìm"} <= dangers().written
    assert {"táo bón", "phát ban"} <= doing_pairs().written


def test_a_masked_text_that_is_kept_is_made_anew_when_any_list_changes(tmp_path: Path) -> None:
    for place, path in enumerate(LISTS):
        changed = tmp_path / path.name
        changed.write_bytes(path.read_bytes() + b"\n")
        others = (*LISTS[:place], changed, *LISTS[place + 1 :])
        assert mask_version(others) != mask_version(), path.name
