"""Words written as they sound are read as they are spelled; words that exist stay."""

import pytest

from bot.nlu.normalise import normalise
from bot.nlu.readable import read_line
from bot.nlu.sounds import differences, key_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("con em lôn ra máu", "con em nôn ra máu"),
        ("em phải nàm sao", "em phải làm sao"),
        ("bé bị xốt cao", "bé bị sốt cao"),
        ("con sỉu rồi", "con xỉu rồi"),
        ("bé trảy máu mũi", "bé chảy máu mũi"),
        ("chẻ em bị co rật", "trẻ em bị co giật"),
        ("cháu bị dắn cắn", "cháu bị rắn cắn"),
        ("bé mữa hoài", "bé mửa hoài"),
        ("uống sửa công thức", "uống sữa công thức"),
        ("con nuốc phải thuốt chuộc", "con nuốt phải thuốc chuột"),
        ("bé biết lói chưa", "bé biết nói chưa"),
        ("em lên nàm gì bây giờ", "em nên làm gì bây giờ"),
    ],
)
def test_a_slip_is_spelled(typed: str, meant: str) -> None:
    assert normalise(typed) == meant
    assert read_line(typed).meant == meant


@pytest.mark.parametrize(
    "line",
    [
        "tôi lo lắng vì con ít nói",
        "em nên làm gì khi con chán ăn",
        "sửa lại sữa pha sai",
        "nhiệt độ đo lên xuống thất thường",
        "bé lên cân đều",
        "trán bé hơi ấm",
        "bé nặng chín cân, ngồi lặng im",
        "bé có mũ rồi",
        "xâu hạt, sâu răng",
        "sương mù và xương cá",
        "da bé trắng ra",
        "mặc áo che mặt",
        "bật đèn ngủ",
        "bắt chước mẹ",
    ],
)
def test_a_word_that_exists_stays(line: str) -> None:
    assert normalise(line) == line


def test_a_word_whose_tone_was_left_out_is_no_slip_of_its_last_letter() -> None:
    assert normalise("lở miêng") == "lở miêng"


def test_a_line_without_marks_is_left_to_the_restorer() -> None:
    assert normalise("be dau bung, an sua lai lon") == "be dau bung, an sua lai lon"


def test_only_words_that_stand_together_are_company() -> None:
    assert normalise("con chớ, ra ngoài") == "con chớ, ra ngoài"
    assert normalise("con hay chớ sữa") == "con hay trớ sữa"


def test_words_that_sound_alike_have_one_key() -> None:
    assert key_of("dật") == key_of("giật") == key_of("rật")
    assert key_of("giết") == key_of("diết") != key_of("rết")
    assert key_of("nước") == key_of("lướt")
    assert key_of("sữa") == key_of("xửa")
    assert key_of("ok") == ""
    assert differences("lước", "nước") == 1
    assert differences("chuộc", "chuột") == 1
    assert differences("ni", "li") == 1
