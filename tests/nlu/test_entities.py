"""Ages, temperatures and durations are told apart."""

from datetime import date

import pytest

from bot.nlu.entities import child_age_days, child_months, extract, temperature


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
