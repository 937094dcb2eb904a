"""Words of a region are read as the common ones where they can mean nothing else."""

import pytest

from bot.nlu.dialects import dialects, in_common_words, second_reading
from bot.nlu.normalise import normalise, read_word, spelled, tokens_of, written
from bot.nlu.readable import read_line


@pytest.mark.parametrize(
    ("said", "common"),
    [
        ("răng rứa", "sao thế"),
        ("mần răng chừ", "làm sao bây giờ"),
        ("con tui nỏ chịu bú", "con tôi không chịu bú"),
        ("chích ngừa ở mô", "chích ngừa ở đâu"),
        ("bữa ni cho ăn chi", "hôm nay cho ăn gì"),
        ("hắn bổ từ trên giường xuống", "hắn ngã từ trên giường xuống"),
        ("tay chưn lạnh ngắt", "tay chân lạnh ngắt"),
        ("bé hổng thở được", "bé không thở được"),
        ("tía nó nhậu vô", "bố nó nhậu vô"),
        ("giời ơi u ơi", "trời ơi mẹ ơi"),
        ("em nhỡ tay đánh con", "em lỡ tay đánh con"),
        ("bầm em bẩu thế", "mẹ em bảo thế"),
        ("cưng nhà tui ho", "bé nhà tôi ho"),
    ],
)
def test_dialect_is_read(said: str, common: str) -> None:
    assert normalise(said) == common
    assert read_line(said).meant == common


@pytest.mark.parametrize(
    "line",
    [
        "răng bé bị sâu rồi",
        "bé mọc răng",
        "viêm mô tế bào",
        "tay em tê quá",
        "chi phí sinh mổ",
        "u nang buồng trứng, sưng u một cục",
        "thầy giáo dạy bơi",
        "vết bầm tím ở chân",
        "con bọ xít",
        "mạ vàng",
        "nuôi cấy nước tiểu",
        "bổ sung sắt bổ máu",
        "má bé đỏ hồng",
        "tía tô",
        "cưng chiều quá",
        "giai đoạn tập nói",
        "đau hông, trật khớp hông",
        "máy hỏng rồi",
        "gà ri",
        "ngái ngủ",
    ],
)
def test_a_word_that_means_something_else_stays(line: str) -> None:
    assert normalise(line) == line


def test_a_word_with_two_meanings_counts_in_a_line_that_tells_its_region() -> None:
    assert normalise("tiêm xong mô rồi") == "tiêm xong mô rồi"
    assert normalise("nỏ thấy hắn mô") == "không thấy hắn đâu"
    assert normalise("đau răng rứa có răng không") == "đau răng thế có sao không"


def test_a_line_without_marks_keeps_what_may_be_another_word() -> None:
    assert normalise("can ri mau, cai tui thuoc, dau hong") == "can ri mau, cai tui thuoc, dau hong"
    assert normalise("con tui ho") == "con tôi ho"


def test_the_writers_own_words_are_to_be_had() -> None:
    assert spelled("Con tui nàm răng rứa") == "con tui làm răng rứa"


def test_doubt_gives_a_second_reading_and_leaves_the_first() -> None:
    tokens, _ = tokens_of("thầy tôi ốm")
    assert written(in_common_words(tokens)) == "thầy tôi ốm"
    assert written(second_reading(tokens)) == "bố tôi ốm"


def test_a_word_of_two_regions_tells_of_neither() -> None:
    tells = [dialect.tells for dialect in dialects().values()]
    assert all(tells)
    assert not set.intersection(*map(set, tells))
    assert read_word("ko", False) == "không"
