"""An empty roster, or one in which everybody has their hands full: danger reaches somebody."""

from datetime import timedelta
from typing import Any

import pytest

from bot.counselling.services import (
    claim_case,
    receive_case,
    refuse_case,
    release_case,
    warn_late_soon,
)
from bot.counselling.services.clocks import start_clocks
from tests.counselling.people import at, raised, shift, staff, told, with_telegram

pytestmark = pytest.mark.django_db
DAY = at("2026-11-27 09:00")


def test_danger_is_told_to_the_supervisors_while_nobody_is_on_duty(settings: Any) -> None:
    with_telegram(settings)
    danger, calm = raised("medical_emergency"), raised("low_rating")
    staff("lan", chat="701"), staff("chi", "supervisor", chat="801")
    for case in (danger, calm):
        receive_case(case, DAY)
    [words] = told("801")
    assert f"Ca {danger.pk} · khẩn cấp" in words
    assert told("701") == []


def test_danger_is_told_to_the_supervisors_while_nobody_on_duty_has_room(settings: Any) -> None:
    with_telegram(settings)
    danger = raised("medical_emergency")
    staff("chi", "supervisor", chat="801")
    shift(staff("full", most=0, chat="701"), DAY)
    receive_case(danger, DAY)
    assert (len(told("801")), told("701")) == (1, [])


def test_danger_that_somebody_on_duty_can_take_is_theirs(settings: Any) -> None:
    with_telegram(settings)
    danger = raised("medical_emergency")
    staff("chi", "supervisor", chat="801")
    shift(staff("lan", chat="701"), DAY)
    receive_case(danger, DAY)
    assert (told("801"), len(told("701"))) == ([], 1)


@pytest.mark.parametrize("how", ["released", "refused"])
def test_danger_that_is_given_back_to_nobody_is_told_to_the_supervisors(
    settings: Any, how: str
) -> None:
    lan = staff("lan", chat="701")
    danger = raised("medical_emergency")
    claim_case(danger, by=lan)
    with_telegram(settings)
    staff("chi", "supervisor", chat="801")
    if how == "released":
        release_case(danger, by=lan)
    else:
        refuse_case(danger, by=lan, reason="Tôi quen gia đình này.")
    assert any(f"Ca {danger.pk} · khẩn cấp" in words for words in told("801"))


@pytest.mark.parametrize(
    ("reason", "count"), [("medical_emergency", 1), ("low_rating", 1), ("asked", 0)]
)
def test_with_an_empty_roster_the_supervisors_hear_that_a_case_is_late_soon(
    settings: Any, reason: str, count: int
) -> None:
    case = raised(reason)
    staff("lan", chat="701"), staff("chi", "supervisor", chat="801")
    with_telegram(settings)
    start_clocks(case, DAY)
    assert case.first_response_due_at is not None
    assert warn_late_soon(case.first_response_due_at - timedelta(minutes=4)) == 1
    assert sum("sắp trễ" in words for words in told("801")) == count
    assert told("701") == []
