"""Working time: holidays, free days, and what holds for any two moments."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counselling.hours import Calendar, public_holidays

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
USUAL = Calendar(VIETNAM)


def at(text: str, zone: ZoneInfo = VIETNAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


moments = st.datetimes(
    min_value=datetime(2025, 1, 1),  # noqa: DTZ001
    max_value=datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([VIETNAM, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")]),
).map(lambda moment: moment.astimezone(VIETNAM))
spans = st.integers(min_value=0, max_value=3 * 7 * 24 * 60)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # Friday: four hours of the morning, half an hour of the afternoon, then Monday.
        ("2026-11-27 09:00", 240, "2026-11-27 15:00"),
        ("2026-11-27 16:00", 240, "2026-11-30 10:30"),
        ("2026-11-27 20:00", 240, "2026-11-30 11:30"),
        ("2026-11-28 09:00", 1, "2026-11-30 07:31"),
        ("2026-11-27 11:30", 10, "2026-11-27 13:40"),
        # The last working day before the lunar New Year of 2026 (16–20 February).
        ("2026-02-13 16:30", 60, "2026-02-23 08:00"),
        # A day in lieu: Hùng Kings' day 2026 is a Sunday.
        ("2026-04-24 17:00", 30, "2026-04-28 08:00"),
    ],
)
def test_working_minutes_skip_nights_weekends_and_holidays(
    start: str, minutes: int, due: str
) -> None:
    assert USUAL.after(at(start), minutes) == at(due)


def test_the_lunar_new_year_comes_from_the_library_with_its_days_in_lieu() -> None:
    days = public_holidays(2027)
    assert days[date(2027, 2, 6)] == "Tết Nguyên Đán"
    assert "nghỉ bù" in days[date(2027, 5, 3)]
    assert len(days) >= 11


def test_a_special_day_beats_the_calendar() -> None:
    closed = Calendar(VIETNAM, days_off=frozenset({date(2026, 11, 30)}))
    assert closed.next_working(at("2026-11-28 10:00")) == at("2026-12-01 07:30")
    makes_up = Calendar(VIETNAM, days_on=frozenset({date(2026, 11, 28), date(2026, 2, 17)}))
    assert makes_up.is_working(at("2026-11-28 08:00")), "a Saturday that is worked"
    assert makes_up.is_working(at("2026-02-17 08:00")), "a holiday that is worked"
    assert not USUAL.is_working(at("2026-02-17 08:00"))


def test_the_end_of_a_stretch_is_not_working_time() -> None:
    assert USUAL.is_working(at("2026-11-27 07:30"))
    assert not USUAL.is_working(at("2026-11-27 11:30"))
    assert USUAL.next_working(at("2026-11-27 11:30")) == at("2026-11-27 13:30")


def test_overlapping_stretches_count_once() -> None:
    hours = {4: ((time(8), time(10)), (time(9), time(12)))}
    calendar = Calendar(VIETNAM, hours)
    assert calendar.working_minutes(at("2026-11-27 00:00"), at("2026-11-28 00:00")) == 240


def test_where_nobody_works_the_clock_runs_in_real_time() -> None:
    nobody = Calendar(VIETNAM, {})
    assert nobody.next_working(at("2026-11-27 08:00")) is None
    assert nobody.after(at("2026-11-27 08:00"), 90) == at("2026-11-27 09:30")


def test_a_clock_put_forward_takes_an_hour_away() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    nights = Calendar(berlin, {6: ((time(0), time(6)),)})
    sunday = at("2026-03-29 00:00", berlin)
    assert nights.working_minutes(sunday, sunday + timedelta(days=1)) == 5 * 60


@settings(max_examples=150, deadline=None)
@given(moments, st.integers(min_value=0, max_value=5000))
def test_counting_back_gives_what_was_added(start: datetime, minutes: int) -> None:
    due = USUAL.after(start, minutes)
    assert due >= start
    assert USUAL.working_minutes(start, due) == pytest.approx(minutes)


@settings(max_examples=150, deadline=None)
@given(moments, spans, spans)
def test_working_time_adds_up_and_never_exceeds_real_time(
    start: datetime, first: int, second: int
) -> None:
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    whole = USUAL.working_minutes(start, end)
    parts = USUAL.working_minutes(start, middle) + USUAL.working_minutes(middle, end)
    assert whole == pytest.approx(parts)
    assert 0 <= whole <= first + second
    assert USUAL.working_minutes(end, start) == 0 or first + second == 0


@settings(max_examples=150, deadline=None)
@given(moments)
def test_the_next_working_moment_is_one_and_none_was_missed(moment: datetime) -> None:
    begins = USUAL.next_working(moment)
    assert begins is not None
    assert USUAL.is_working(begins)
    assert USUAL.working_minutes(moment, begins) == 0
