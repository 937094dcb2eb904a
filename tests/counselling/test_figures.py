"""Figures of a stretch: medians, nine of ten, satisfaction and hours, counted by hand."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bot.counselling import charts
from bot.counselling.figures import Figures, Stretch, figures_of, spread_of
from bot.counselling.models import Case, Referral
from bot.staff.models import Team
from tests.counselling.supervised import make_case, make_staff, minutes, signed_in

pytestmark = pytest.mark.django_db
# A Tuesday.
TUESDAY = datetime(2026, 9, 1, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TWO_WEEKS = Stretch(date(2026, 8, 31), date(2026, 9, 13))


@pytest.fixture
def supervisor() -> User:
    return make_staff("giam-sat", "supervisor")


def answered(after: float, **fields: Any) -> Case:
    return make_case(TUESDAY, first_response_at=TUESDAY + minutes(after), **fields)


def response(figures: Figures, priority: str) -> Any:
    return next(one for one in figures.responses if one.priority == priority)


def test_the_median_and_nine_of_ten_are_those_counted_by_hand() -> None:
    assert spread_of([]).middle is None
    assert (spread_of([7]).middle, spread_of([7]).p90) == (7, 7)
    # Of ten the ninth; of eleven, 0.9 · 11 = 9.9, so the tenth.
    assert spread_of([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]).p90 == 9
    assert spread_of([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]).middle == 5.5
    assert spread_of(range(1, 12)).p90 == 10


def test_first_responses_are_told_by_priority_with_who_is_in_time(supervisor: User) -> None:
    due = TUESDAY + minutes(15)
    for after in (5, 10, 40):
        answered(after, priority="urgent", first_response_due_at=due)
    make_case(TUESDAY, priority="urgent", first_response_due_at=due)
    answered(120)
    figures = figures_of(supervisor, TWO_WEEKS)
    urgent = response(figures, "khẩn cấp")
    assert (urgent.spread.n, urgent.spread.middle, urgent.spread.p90) == (3, 10, 40)
    assert (urgent.in_time, urgent.timed, urgent.unanswered) == (2, 3, 1)
    assert response(figures, "thường").spread.middle == 120
    assert response(figures, "cao").spread.middle is None
    assert figures.opened == 5


def test_what_ended_counts_in_the_week_of_its_end(supervisor: User) -> None:
    for closed_after, rating, before, after in (
        (60, 5, 2, 4),
        (180, 2, 3, 3),
        (8 * 1440, 4, None, 5),
    ):
        make_case(
            TUESDAY,
            state="closed",
            closed_at=TUESDAY + minutes(closed_after),
            rating=rating,
            feeling_before=before,
            feeling_after=after,
        )
    before = make_case(TUESDAY - minutes(20 * 1440), reopened_at=TUESDAY, times_reopened=1)
    figures = figures_of(supervisor, TWO_WEEKS)
    assert before.opened_at < TWO_WEEKS.begins
    assert (figures.opened, figures.closed, figures.reopened) == (3, 3, 1)
    assert [(week.opened, week.closed, week.reopened) for week in figures.weeks] == [
        (3, 2, 1),
        (0, 1, 0),
    ]
    assert figures.resolution.middle == 180
    told = figures.satisfaction
    assert (told.n, told.satisfied, round(told.mean or 0, 2)) == (3, 2, 3.67)
    assert (told.feelings, told.before, told.after) == (2, 2.5, 3.5), "only who told both"


def test_days_are_those_of_the_local_clock(supervisor: User) -> None:
    midnight = datetime(2026, 8, 31, 0, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    make_case(midnight)
    make_case(midnight - minutes(20))
    figures = figures_of(supervisor, TWO_WEEKS)
    assert figures.opened == 1
    assert figures.hours[0][0] == 1, "Monday, the first hour, though in London it is Sunday"


def test_reasons_topics_and_referrals_have_the_names_people_read(supervisor: User) -> None:
    for topic in ("health", "health", ""):
        case = make_case(TUESDAY, topic=topic, reason="child_abuse")
    for outcome in ("reached", "reached", "waiting"):
        Referral.objects.create(case=case, kind="x", by=supervisor, at=TUESDAY, outcome=outcome)
    figures = figures_of(supervisor, TWO_WEEKS)
    assert figures.reasons == (("nghi trẻ bị xâm hại", 3),)
    assert figures.topics == (("Sức khoẻ", 2), ("chưa rõ", 1))
    assert dict(figures.referrals)["đã đến"] == 2
    assert dict(figures.referrals)["không muốn đến"] == 0


def test_a_supervisor_counts_the_cases_of_their_teams_alone(supervisor: User) -> None:
    mine, others = Team.objects.create(name="một"), Team.objects.create(name="hai")
    make_case(TUESDAY, team=mine)
    make_case(TUESDAY, team=others)
    make_case(TUESDAY, team=others)
    own = make_staff("cua-doi", "supervisor", mine)
    assert figures_of(supervisor, TWO_WEEKS).opened == 3
    assert figures_of(supervisor, TWO_WEEKS, others).opened == 2
    assert figures_of(own, TWO_WEEKS).opened == 1
    address = reverse("counselling:figures")
    page = signed_in(own).get(address, {"team": others.pk, "first": "2026-08-31"}).content.decode()
    assert "hai" not in page, "another's team cannot be chosen"


def test_the_page_draws_what_the_tables_say_and_has_no_inline_style(supervisor: User) -> None:
    answered(12, priority="urgent", topic="health")
    page = signed_in(supervisor).get(
        reverse("counselling:figures"), {"first": "2026-08-31", "last": "2026-09-06"}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "T3 9 giờ: 1 ca" in text
    assert "12 phút" in text
    assert "style=" not in text
    assert "<table" in text
    assert "<svg" in text


@pytest.mark.parametrize(
    "query",
    [
        {"first": "hôm qua"},
        {"first": "2026-09-02", "last": "2026-09-01"},
        {"first": "2020-01-01", "last": "2026-09-01"},
    ],
)
def test_a_stretch_that_cannot_be_is_refused_in_words(supervisor: User, query: Any) -> None:
    answer = signed_in(supervisor).get(reverse("counselling:figures"), query)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_figures_of_nothing_are_a_page_too(supervisor: User) -> None:
    answer = signed_in(supervisor).get(reverse("counselling:figures"))
    assert answer.status_code == 200
    assert "Chưa có ba mẹ nào chấm điểm" in answer.content.decode()


@pytest.mark.parametrize("role", ["counsellor", "trainer", "auditor"])
@pytest.mark.parametrize("page", ["board", "board_live", "figures", "export"])
def test_nobody_but_supervisors_and_admins_comes_in(role: str, page: str) -> None:
    assert (
        signed_in(make_staff("ai-do", role)).get(reverse(f"counselling:{page}")).status_code == 403
    )


def test_a_chart_is_as_high_as_its_numbers(supervisor: User) -> None:
    for _ in range(4):
        make_case(TUESDAY)
    make_case(TUESDAY + minutes(7 * 1440))
    first, second = charts.columns(figures_of(supervisor, TWO_WEEKS).weeks)
    assert first.opened_height == pytest.approx(4 * second.opened_height)
    assert [bar.width for bar in charts.bars([("a", 8), ("b", 2)])] == [100, 25]
    shades = [cell.shade for cell in charts.cells([[0, 1, 10]])]
    assert shades == [0, 1, 5]
