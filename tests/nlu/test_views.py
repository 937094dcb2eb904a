"""What the encoder reads: the message as it was meant, its marks put back where it bears none."""

import pytest

from bot.nlu.views import lacks_marks, to_encode


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("be bi sot cao", "bé bị sốt cao"),
        ("be nha em bi ho lau k khoi", "bé nhà em bị ho lâu không khỏi"),
        ("con bu it phai lam sao z", "con bú ít phải làm sao vậy"),
        ("con an dc chao chua", "con ăn được cháo chưa"),
    ],
)
def test_abbreviations_of_a_line_without_marks_do_not_keep_the_others_bare(
    typed: str, meant: str
) -> None:
    assert to_encode(typed) == meant


def test_a_word_typed_with_its_mark_does_not_keep_a_long_line_bare() -> None:
    read = to_encode("be nha em sốt cao uong thuoc roi ma van nong, phai lam sao")

    assert read == "bé nhà em sốt cao uống thuốc rồi mà vẫn nóng, phải làm sao"


@pytest.mark.parametrize(
    "text",
    [
        "con tôi ho cả đêm",
        "con nhà em bij ho suoots ddeem",
        "be1 bi5 so61t cao",
        "Bé ho, ho khan, ho cả đêm",
    ],
)
def test_a_line_that_bears_its_marks_is_left_as_it_is(text: str) -> None:
    assert not lacks_marks(text)


@pytest.mark.parametrize("text", ["", " ", "38.5", "?", "😀", "ho", "be"])
def test_the_shortest_lines_are_read(text: str) -> None:
    assert isinstance(to_encode(text), str)
