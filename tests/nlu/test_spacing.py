"""Words run together are parted, syllables that a space broke are made whole, places stay right."""

import pytest

from bot.nlu.entities import extract
from bot.nlu.normalise import normalise
from bot.nlu.readable import read_line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bé bịsốt 39 độ", "bé bị sốt 39 độ"),
        ("bé sốtcao khôngbú", "bé sốt cao không bú"),
        ("cogiat roi", "co giật roi"),
        ("bebi sốt", "bé bị sốt"),
        ("bác sĩ ơi khôngcósaoko", "bác sĩ ơi không có sao không"),
        ("bịtáobón", "bị táo bón"),
        ("bé s ốt cao co g iật", "bé sốt cao co giật"),
        ("con kh ông thở", "con không thở"),
        ("n gười lả đi", "người lả đi"),
        ("be bi co gi at", "be bị co giat"),
        ("ch áu n ôn ra m áu", "cháu nôn ra máu"),
        ("khoông chơơi", "không chơi"),
    ],
)
def test_spaces_are_put_right(typed: str, meant: str) -> None:
    assert normalise(typed) == meant
    assert read_line(typed).meant == meant


@pytest.mark.parametrize(
    "line",
    [
        "bé không ho, không óc ách",
        "cho bé uống oresol",
        "buộc garô",
        "con ăn no ôm gối",
        "nhà nuôi chó, la ó cả ngày",
        "shopee lazada youtube",
    ],
)
def test_what_is_right_stays(line: str) -> None:
    assert normalise(line) == line


def test_an_abbreviation_before_a_word_is_no_broken_syllable() -> None:
    assert normalise("bé k ho, k hóc xương") == "bé không ho, không hóc xương"
    assert normalise("3 h ọc sữa") == "3 giờ ọc sữa"


def test_places_lead_into_the_line_as_typed() -> None:
    text = "Bé 8 tháng bịSốt 39 độ, co g iật"
    line = read_line(text)
    for word, typed in (("sốt", "Sốt"), ("bị", "bị"), ("giật", "g iật"), ("39 độ", "39 độ")):
        start = line.meant.index(word)
        assert text[slice(*line.typed_span(start, start + len(word)))] == typed
    assert len(line.meant) == len(line.plain) == len(line.places)


def test_entities_of_such_words_are_where_they_were_typed() -> None:
    text = "con 8 tháng bịsốt, n ôn trớ"
    found = {entity.value: entity.text for entity in extract(text) if entity.kind == "symptom"}
    assert found == {"sốt": "sốt", "nôn": "n ôn trớ"}


def test_an_expansion_stands_for_all_its_letters() -> None:
    line = read_line("bé sốt ntn là nặng")
    start = line.meant.index("thế")
    assert line.typed[slice(*line.typed_span(start, start + 3))] == "ntn"
