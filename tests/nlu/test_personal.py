"""Names, numbers and addresses of a family are found in every way of writing; what tells of nobody
stays.

tests/data/personal.jsonl: 130 messages to build on, then 130 that are only measured; all invented.
"""

import json
import time
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.personal import KINDS, Personal, find_personal, mask
from bot.nlu.personal_lists import placeholders

MESSAGES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data/personal.jsonl").read_text("utf-8").splitlines()
]
BUILT_ON, HELD_OUT = MESSAGES[:130], MESSAGES[130:]
MAX_MS = 5


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_personal(text)]


def places(spans: list[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def share_masked(messages: list[dict[str, Any]]) -> float:
    """Of the characters that are personal, the share that would be masked."""
    told = masked = 0
    for message in messages:
        here = places([(start, end) for start, end, _ in message["spans"]])
        told += len(here)
        masked += len(
            here & places([(one.start, one.end) for one in find_personal(message["text"])])
        )
    assert told > 1000
    return masked / told


def share_touched(messages: list[dict[str, Any]]) -> float:
    """Of the messages without anything personal, the share in which something would be masked."""
    harmless = [message["text"] for message in messages if not message["spans"]]
    assert len(harmless) == 50
    return sum(bool(find_personal(text)) for text in harmless) / len(harmless)


def test_in_messages_never_seen_95_percent_of_what_is_personal_is_masked() -> None:
    assert share_masked(HELD_OUT) >= 0.95


def test_of_harmless_messages_never_seen_2_percent_at_most_are_touched() -> None:
    assert share_touched(HELD_OUT) <= 0.02


def test_what_it_was_built_on_is_masked_and_the_harmless_left_alone() -> None:
    assert share_masked(BUILT_ON) >= 0.99
    assert share_touched(BUILT_ON) == 0


def test_a_message_takes_less_than_5_ms() -> None:
    find_personal("em tên Hoa")
    begun = time.process_time()
    for message in MESSAGES:
        find_personal(message["text"])
    assert (time.process_time() - begun) / len(MESSAGES) * 1000 < MAX_MS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Em tên là Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("em ten la nguyen thi hoa", "nguyen thi hoa"),
        ("EM TÊN NGUYỄN THỊ HOA", "NGUYỄN THỊ HOA"),
        ("em teen laf nguyeexn thij hoa", "nguyeexn thij hoa"),
        ("bé nhà em tên Bin", "Bin"),
        ("cháu Trần Gia Bảo bị ho", "Trần Gia Bảo"),
        ("chồng em là Tuấn", "Tuấn"),
        ("mẹ bé Sóc đây", "Sóc"),
        ("Lan đây ạ", "Lan"),
        ("bé sóc nhà em ho", "sóc"),
        ("Hôm nay Bống sốt", "Bống"),
        ("bác sĩ Phạm Văn Đức kê thuốc", "Phạm Văn Đức"),
        ("thằng Cu Tít nó té", "Cu Tít"),
        ("Cảm ơn Mầm. Thu Phương.", "Thu Phương"),
        ("em tên H'Bia Niê", "H'Bia Niê"),
    ],
)
def test_names_are_found_with_a_cue_or_whole(text: str, told: str) -> None:
    assert found(text) == [("name", told)]


def test_a_name_once_told_is_masked_wherever_it_stands_and_what_is_joined_to_it_too() -> None:
    text = "Bé Gia Huy và Gia Hân sốt, sáng nay Gia Huy đỡ rồi"
    assert mask(text) == "Bé [tên] và [tên] sốt, sáng nay [tên] đỡ rồi"


@pytest.mark.parametrize(
    "written",
    [
        "0900 000 123",
        "09.00.00.01.23",
        "0900000123",
        "0900-000-123",
        "+84 900 000 123",
        "84900000123",
        "(0900) 000 123",
        "o9oo ooo 123",
        "0 9 0 0 0 0 0 1 2 3",
        "024 3000 0123",
        "+1 415 555 0100",
        "không chín không không không không không một hai ba",
        "khong chin khong khong khong khong khong mot hai ba",
        "không chín trăm, không không không, một hai ba",
    ],
)
def test_phones_are_found_in_figures_and_in_words(written: str) -> None:
    assert found(f"gọi em số {written} nhé") == [("phone", written)]


def test_two_phones_beside_each_other_are_two() -> None:
    text = "gọi 0900000123/0900000124 hoặc 0900000125 0900000126"
    assert [written[-1] for _, written in found(text)] == ["3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("CCCD của em 000090000123", "id_number", "000090000123"),
        ("cmnd so 000 000 123", "id_number", "000 000 123"),
        ("thẻ bhyt của con TE1010000000123", "id_number", "TE1010000000123"),
        ("mã số BHXH: 0000000123", "id_number", "0000000123"),
        ("giấy khai sinh số 123/2024", "id_number", "123/2024"),
        ("hộ chiếu C0000123", "id_number", "C0000123"),
        ("stk 0000000123 Vietcombank", "bank_account", "0000000123"),
        ("thư về hoa.bia@example.com nhé", "email", "hoa.bia@example.com"),
        ("thư về hoabia a còng gmail chấm com", "email", "hoabia a còng gmail chấm com"),
        ("fb.com/hoa.bia đó", "account", "fb.com/hoa.bia"),
        ("zalo em là hoa_bia123", "account", "hoa_bia123"),
        ("tele @hoabia nha", "account", "@hoabia"),
        ("xe biển 29X1-000.12 tông con em", "plate", "29X1-000.12"),
        (
            "số 12 ngõ 34 phố Bịa, phường Không, Hà Nội",
            "address",
            "số 12 ngõ 34 phố Bịa, phường Không, Hà Nội",
        ),
        (
            "em ở thon dong bia xa yen khong huyen y bia",
            "address",
            "thon dong bia xa yen khong huyen y bia",
        ),
        ("ấp 3 xã Bịa Đông xa trạm", "address", "ấp 3 xã Bịa Đông"),
        (
            "trọ ở phòng trọ 12 hẻm 45/6 đường bịa, nóng quá",
            "address",
            "phòng trọ 12 hẻm 45/6 đường bịa",
        ),
        ("nhà e kp3 p.bịa hoà q.12 á", "address", "kp3 p.bịa hoà q.12"),
    ],
)
def test_papers_accounts_links_plates_and_addresses_are_found(
    text: str, kind: str, told: str
) -> None:
    assert found(text) == [(kind, told)]


@pytest.mark.parametrize(
    "text",
    [
        "gọi 111, 113, 114, 115 hay 18001567",
        "sốt 39,5 độ, nặng 9,2 kg, cao 74 cm, uống 2,5 ml cách 6 tiếng",
        "sinh ngày 12/03/2025, 12-03-2025 hay 12.03.2025",
        "lịch 0 3 6 9 12 18 24 tháng",
        "bốn lần cân 3200 3900 4500 5200 g",
        "đóng bảo hiểm xã hội 350 000 đồng, sữa 1.250.000 một hộp",
        "làm giấy khai sinh ngày 15/3/2024 được chưa",
        "đếm một hai ba bốn năm sáu bảy tám chín mười",
        "em ở Nghệ An, chồng ở Hà Nội, huyện Ba Vì hay quận 3",
        "đường huyết, đường ruột, hàng xóm, huyết áp 11/7, bản thân, xã hội",
        "nằm phòng 12 tầng 3 bệnh viện Bạch Mai, học trường Lê Quý Đôn",
        "bệnh Kawasaki, hội chứng Down, vắc xin Hexaxim, sữa Meiji",
        "gọi tên con không quay lại, thuốc tên là Hapacol",
        "cháu bảo đau bụng, bé hiền lắm, mẹ hạnh phúc, em kiệt sức",
        "chị Hai, anh Ba, dì Út, cô giáo, bác sĩ, ông bà nội",
        "be an it, con minh khoi om roi, chau bao dau, me cao 1m48",
        "CON EM BỊ SỐT CAO CO GIẬT",
        "https://moh.gov.vn/tin-tuc",
    ],
)
def test_what_tells_of_nobody_stays(text: str) -> None:
    assert mask(text) == text


def test_offsets_are_into_the_text_as_typed_however_its_marks_are_typed() -> None:
    text = unicodedata.normalize("NFD", "Bé tên Nguyễn Thị Hoà, số 0900000123")
    assert [text[one.start : one.end] for one in find_personal(text)] == [
        unicodedata.normalize("NFD", "Nguyễn Thị Hoà"),
        "0900000123",
    ]


def test_finds_stand_in_order_and_never_overlap() -> None:
    for message in MESSAGES:
        finds = find_personal(message["text"])
        assert all(before.end <= after.start for before, after in pairwise(finds))
        assert all(one.kind in KINDS for one in finds)


def test_every_kind_has_its_word_for_people() -> None:
    assert set(placeholders()) == set(KINDS)
    assert mask("em tên Hoa, số 0900000123") == "em tên [tên], số [số điện thoại]"


def test_a_masked_text_has_nothing_left_to_mask() -> None:
    texts = [mask(message["text"]) for message in BUILT_ON]
    assert len(texts) == 130
    assert [text for text in texts if mask(text) != text] == []


def test_no_text_gives_no_finds() -> None:
    assert find_personal("") == []
    assert find_personal(" \n") == []
    assert mask("👶 \n\n bé bú") == "👶 \n\n bé bú"


def test_one_find_tells_its_kind_and_its_place() -> None:
    assert find_personal("bé Bin") == [Personal("name", 3, 6)]
