"""Where a message may be parted, in every way of writing; what says nothing is no part."""

import pytest

from bot.nlu.compound import name_of, split_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("bé sốt, với lại hay cắn em, làm sao ạ?", ["bé sốt", "hay cắn em, làm sao ạ?"]),
        ("be sot vs lai hay can em", ["be sot", "hay can em"]),
        ("bé ho. Ngoài ra bé biếng ăn", ["bé ho", "bé biếng ăn"]),
        ("bé mọc răng chưa ạ? bé uống nước được chưa", None),
        ("bé ho nhiều\nbé biếng ăn\nlàm sao ạ", ["bé ho nhiều", "bé biếng ăn, làm sao ạ"]),
        ("bé hay ho à mà bé còn đái dầm", ["bé hay ho", "bé còn đái dầm"]),
    ],
)
def test_words_that_join_and_ends_of_questions_part_a_message(
    text: str, parts: list[str] | None
) -> None:
    expected = parts or ["bé mọc răng chưa ạ?", "bé uống nước được chưa"]
    assert [part.text for part in split_parts(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["bé bị ho ạ", "bé biếng ăn, em phải làm sao ạ? em cảm ơn", "Em chào Mầm. Còn nữa bé ho"],
)
def test_what_says_nothing_is_no_part(text: str) -> None:
    assert len(split_parts(text)) == 1


def test_a_part_is_named_in_its_own_words_and_shortly() -> None:
    assert name_of(" hay cắn em? ") == "hay cắn em"
    long = name_of("con em " + "rất hay cắn " * 20)
    assert len(long) <= 71
    assert long.endswith("…")
