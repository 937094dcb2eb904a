"""Ages, temperatures, durations, counts and the words of the lists are told apart."""

from datetime import date

import pytest

from bot.nlu.entities import child_age_days, child_months, extract, numbers, temperature


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("bé 8 tháng sốt", 8),
        ("con em 2t rồi", 24),
        ("con e 2m", 2),
        ("bé 18 tháng rưỡi", 18),
        ("cháu 1 tuổi 3 tháng", 15),
        ("be duoc 20 ngay tuoi", 0),
        ("bé ba tháng tuổi", 3),
        ("sốt 3 ngày nay", None),
        ("em bầu 30 tuần", None),
        ("ho 2 tuần rồi", None),
        ("Thằng Bin hai mươi ba tháng rồi", 23),
        ("con gái mình hăm mốt tháng", 21),
        ("cháu lên bốn, hay cãi", 48),
        ("mai là bé đầy tháng", 1),
        ("bé vừa thôi nôi xong", 12),
        ("chau 3t2m hay khoc", 38),
        ("con 5 tháng 25 ngày đã biết lật", 5),
        ("gần 9 tháng mà chưa ngồi", 8),
        ("bé chưa đầy 1 tuổi", 11),
        ("cháu mới mười hai bữa, rốn ướt", 0),
        ("bà năm nay 58 tuổi, trông cháu 7 tháng", 7),
        ("mẹ 29t, con 4m", 4),
        ("nhaf em cos bes 10 thasng", 10),
        ("be1 6 tha1ng bie61ng a8n", 6),
        ("bé 14 thagn lười bú", 14),
        ("bắt đầu từ 20 phút", None),
        ("cao 1m10", None),
        ("họp ngày 8 tháng 3", None),
        ("bé ốm 2 tháng nay", None),
        ("bé 4 ngày nay chưa ị", None),
        ("em chửa ba mươi tuần", None),
        ("cháu bị bắt nạt ở lớp", None),
    ],
)
def test_the_childs_age_is_read_in_completed_months(text: str, months: int | None) -> None:
    assert child_months(text) == months


def test_a_birth_date_gives_the_age() -> None:
    assert child_months("bé sinh ngày 12/3/2026", today=date(2026, 11, 24)) == 8


def test_half_a_month_counts_in_days() -> None:
    days = child_age_days("bé 2 tháng rưỡi")
    assert days is not None
    assert 75 < days < 77


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("sốt 38,5", 38.5),
        ("sot 39 do 2", 39.2),
        ("sốt 39k5", 39.5),
        ("bé 39 tuần", None),
        ("nặng 12 kg", None),
        ("cặp nách ba tám độ rưỡi", 38.5),
        ("sốt 39 rưỡi", 39.5),
        ("38 do 7 roi", 38.7),
        ("sốt 38 độ 2 ngày nay", 38.0),
        ("lúc nóng 38-39 độ", 39.0),
        ("nước tắm 37 độ", None),
        ("trời 40 độ mà mất điện", None),
        ("hộp sữa giá 39k", None),
        ("nhiệt kế của Mỹ hiện 102,2 độ F", 39.0),
        ("be sot 104F", 40.0),
        ("phòng F 102", None),
    ],
)
def test_temperatures_are_read(text: str, degrees: float | None) -> None:
    assert temperature(text) == degrees


def test_offsets_point_into_the_text_as_typed() -> None:
    text = "Bé nhà em 8 tháng, sốt 39 độ"
    found = extract(text)
    assert {entity.kind for entity in found} >= {"age", "temperature", "symptom"}
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


def test_a_word_inside_a_longer_one_that_begins_with_it_is_not_told() -> None:
    told = [(entity.kind, entity.text) for entity in extract("bé không co giật")]
    assert told == [("symptom", "co giật")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ho 3 hôm nay", 3),
        ("quấy từ tối qua", 1),
        ("sổ mũi hơn tuần rồi", 7),
        ("biếng ăn cả tháng nay", 30.4375),
        ("tiêu chảy bốn bữa rồi", 4),
        ("sot hai ngay chua do", 2),
        ("bỏ bú từ sáng", 0.5),
        ("khóc suốt 2 tiếng", 2 / 24),
        ("hẹn 3 ngày nữa tái khám", None),
        ("7 giờ tối bé mới ngủ", None),
        ("bé ngủ nhiều hơn tuần trước", None),
        ("thai 20 tuần", None),
    ],
)
def test_how_long_it_lasts_is_read_in_days(text: str, days: float | None) -> None:
    told = [entity.value for entity in extract(text) if entity.kind == "duration"]
    assert told == ([] if days is None else [pytest.approx(days, abs=1e-3)])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ói 5 lần", 5),
        ("ngày ăn ba bữa", 3),
        ("đi ngoài sáu bận", 6),
        ("đêm bú 2 cữ", 2),
        ("ị 10 lần/ngày", 10),
        ("tuần tè dầm ba đêm", 3),
        ("uống nửa thìa", 0.5),
        ("mỗi lần 90ml", None),
        ("mũi 2 tiêm khi nào", None),
        ("hai bạn chơi với nhau", None),
    ],
)
def test_how_many_times_is_counted(text: str, number: float | None) -> None:
    told = [entity.value for entity in extract(text) if entity.kind == "count"]
    assert told == ([] if number is None else [number])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bà ngoại cho bé uống mật ong", [("relation", "bà ngoại"), ("food", "mật ong")]),
        ("uống thuốc hạ sốt", []),
        ("lần đầu làm mẹ", []),
        ("tiêm mũi sởi", [("vaccine", "sởi")]),
        ("bé bị sởi", []),
        ("nghẹt mũi", [("symptom", "nghẹt mũi"), ("body_part", "mũi")]),
        ("răng rứa hè, hấn quấy khóc", [("symptom", "quấy khóc")]),
        ("má đỏ ửng hai má", [("relation", "má"), ("body_part", "hai má")]),
        ("ba thang nay be hay oi", [("duration", "ba thang"), ("symptom", "oi")]),
        ("be bi tieu chay, da di kham", [("symptom", "tieu chay")]),
        ("bes bij soots cao", [("symptom", "soots cao")]),
        ("cháu chả ho", [("symptom", "ho")]),
        ("chau nga xe, chu lam rang", [("symptom", "nga xe")]),
        ("con rot giuong", [("symptom", "rot giuong")]),
    ],
)
def test_a_word_is_told_in_its_sense_alone(text: str, told: list[tuple[str, str]]) -> None:
    assert [(entity.kind, entity.text) for entity in extract(text)] == told


def test_a_birth_date_is_one_entity_of_a_message_and_an_age_for_the_screen() -> None:
    text, today = "bé sinh ngày 5/9/2025", date(2026, 11, 24)
    assert [entity.kind for entity in extract(text, today=today)] == ["birth_date"]
    assert {entity.kind for entity in numbers(text, today=today)} == {"birth_date", "age"}


def test_offsets_of_what_was_typed_in_telex_point_into_the_text() -> None:
    text = "Bes nhaf em 8 thasng, bij soots 39 ddooj"
    found = extract(text)
    assert [entity.text for entity in found] == ["8 thasng", "soots", "39 ddooj"]
    assert all(text[entity.start : entity.end] == entity.text for entity in found)
