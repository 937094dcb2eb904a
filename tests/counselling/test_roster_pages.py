"""Settings, teams, roster and support as pages: who may come in, what a form changes, the trail."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.clocks import targets, working_calendar, zone
from bot.counselling.models import ClockTarget, SpecialDay, SupportRequest, WorkingHours
from bot.counselling.services import ask_support
from bot.counselling.support import support_waiting
from bot.staff.models import AuditEvent, Shift, Team
from tests.counselling.people import VIETNAM, raised, shift, staff

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chi() -> User:
    return staff("chi", "supervisor")


@pytest.fixture
def client(chi: User) -> Client:
    return signed_in(chi)


def trail(action: str) -> list[dict[str, Any]]:
    return list(AuditEvent.objects.filter(action=action).values_list("detail", flat=True))


@pytest.mark.parametrize("name", ["settings", "teams", "new_team", "roster"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("counsellor", 403),
        ("trainer", 403),
        ("auditor", 403),
        ("supervisor", 200),
        ("admin", 200),
    ],
)
def test_only_supervisors_and_admins_set_things(name: str, role: str, status: int) -> None:
    address = reverse(f"counselling:{name}")
    assert signed_in(staff("ai-do", role)).get(address).status_code == status
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["targets", "hours", "add_day", "add_shift"])
def test_a_counsellor_changes_nothing(name: str) -> None:
    client = signed_in(staff("lan"))
    assert client.post(reverse(f"counselling:{name}"), {}).status_code == 403


def test_targets_are_changed_and_the_trail_says_by_whom(client: Client, chi: User) -> None:
    fields = {
        f"{name}-{field}": value
        for name in ("urgent", "high", "normal")
        for field, value in (("first_response_minutes", 10), ("resolution_minutes", 600))
    }
    fields["normal-in_working_hours"] = "on"
    assert client.post(reverse("counselling:targets"), fields).status_code == 302
    assert targets()["urgent"].first_response_minutes == 10
    assert targets()["normal"].in_working_hours
    assert ClockTarget.objects.count() == 3
    event = AuditEvent.objects.filter(action="settings_changed").last()
    assert event is not None
    assert (event.actor, event.address) == (chi, "127.0.0.1")
    assert len(trail("settings_changed")) == 3
    client.post(reverse("counselling:targets"), fields)
    assert len(trail("settings_changed")) == 3, "nothing changed"


def test_a_target_that_makes_no_sense_is_refused(client: Client) -> None:
    fields = {
        f"{name}-{field}": value
        for name in ("urgent", "high", "normal")
        for field, value in (("first_response_minutes", 100), ("resolution_minutes", 10))
    }
    answer = client.post(reverse("counselling:targets"), fields)
    assert answer.status_code == 422
    assert "dài hơn hạn phản hồi" in answer.content.decode()
    assert not ClockTarget.objects.exists()


def test_working_hours_are_shown_and_changed(client: Client) -> None:
    page = client.get(reverse("counselling:settings")).content.decode()
    assert 'value="07:30"' in page
    hours = {"from_5_0": "08:00", "to_5_0": "11:00"}
    assert client.post(reverse("counselling:hours"), hours).status_code == 302
    assert working_calendar().week == {5: ((time(8), time(11)),)}
    assert trail("settings_changed")[0]["hours"] == {"5": ["08:00-11:00"]}
    wrong = client.post(reverse("counselling:hours"), {"from_1_0": "12:00", "to_1_0": "08:00"})
    assert wrong.status_code == 422
    assert "thứ Ba" in wrong.content.decode()
    assert client.post(reverse("counselling:hours"), {}).status_code == 422
    assert WorkingHours.objects.count() == 1


def test_special_days_and_the_holidays_of_the_coming_year_are_shown(client: Client) -> None:
    day = (timezone.now() + timedelta(days=20)).date()
    form = {"day": day.isoformat(), "name": HOSTILE, "is_working": ""}
    assert client.post(reverse("counselling:add_day"), form).status_code == 302
    page = client.get(reverse("counselling:settings")).content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "Mùng hai Tết Nguyên Đán" in page
    assert client.post(reverse("counselling:add_day"), form).status_code == 422, "once a day"
    row = SpecialDay.objects.get()
    client.post(reverse("counselling:remove_day", args=[row.pk]))
    assert not SpecialDay.objects.exists()
    assert [event["what"] for event in trail("settings_changed")] == ["day_removed", "day_added"]


def test_a_team_is_made_with_what_it_takes_and_its_people(client: Client) -> None:
    lan = staff("lan")
    form = {
        "name": "Bảo vệ trẻ",
        "reasons": ["child_abuse"],
        "provinces": ["Hà Nội", "Huế"],
        "members": [lan.pk],
    }
    assert client.post(reverse("counselling:new_team"), form).status_code == 302
    team = Team.objects.get()
    assert (team.reasons, team.topics, team.provinces) == (["child_abuse"], [], ["Hà Nội", "Huế"])
    assert list(team.members.values_list("user", flat=True)) == [lan.pk]
    assert trail("team_changed")[0]["members"] == ["lan"]
    client.post(reverse("counselling:team", args=[team.pk]), {**form, "members": []})
    assert not team.members.exists()
    wrong = client.post(reverse("counselling:new_team"), {"name": "X", "provinces": ["Atlantis"]})
    assert wrong.status_code == 422


def test_a_team_lists_only_accounts_that_can_hold_cases(client: Client) -> None:
    staff("lan"), staff("trang", "trainer")
    page = client.get(reverse("counselling:new_team")).content.decode()
    assert "lan" in page
    assert "trang<" not in page.replace("\n", "")
    wrong = {"name": "X", "members": [User.objects.get(username="trang").pk]}
    assert client.post(reverse("counselling:new_team"), wrong).status_code == 422


def test_a_supervisor_of_a_team_sees_to_that_team_alone() -> None:
    own, other = Team.objects.create(name="Của mình"), Team.objects.create(name="Đội khác")
    client = signed_in(staff("mai", "supervisor", team=own))
    stranger = staff("xa", team=other)
    duty = shift(stranger, timezone.now())
    assert "Đội khác" not in client.get(reverse("counselling:teams")).content.decode()
    assert client.get(reverse("counselling:team", args=[other.pk])).status_code == 404
    assert client.get(reverse("counselling:new_team")).status_code == 403
    person = reverse("counselling:person", args=[stranger.pk])
    assert client.post(person, {"max_open_cases": 1}).status_code == 404
    assert client.post(reverse("counselling:remove_shift", args=[duty.pk])).status_code == 404
    assert "xa" not in client.get(reverse("counselling:roster")).content.decode().split()


def test_how_many_cases_a_person_takes_is_set_on_the_page(client: Client) -> None:
    lan = staff("lan")
    raised()
    address = reverse("counselling:person", args=[lan.pk])
    client.post(address, {"max_open_cases": "3", "is_away": "on"})
    lan.profile.refresh_from_db()
    assert (lan.profile.max_open_cases, lan.profile.is_away) == (3, True)
    assert "đang vắng" in client.get(reverse("counselling:teams")).content.decode()
    client.post(address, {"max_open_cases": "-1"})
    lan.profile.refresh_from_db()
    assert lan.profile.max_open_cases == 3


def test_a_weeks_grid_shows_shifts_which_come_and_go(client: Client) -> None:
    lan = staff("lan")
    form = {
        "user": lan.pk,
        "day": "2026-11-30",
        "starts": "20:00",
        "ends": "06:00",
        "is_on_call": "on",
        "weeks": "2",
    }
    answer = client.post(reverse("counselling:add_shift"), form)
    assert answer.status_code == 302
    assert answer["Location"].endswith("?week=2026-11-30")
    first, second = Shift.objects.order_by("starts_at")
    assert second.starts_at - first.starts_at == timedelta(weeks=1)
    assert first.ends_at.astimezone(VIETNAM).date() == date(2026, 12, 1), "a night shift"
    client.post(reverse("counselling:add_shift"), form)
    assert Shift.objects.count() == 2, "twice is once"
    page = client.get(reverse("counselling:roster"), {"week": "2026-12-02"}).content.decode()
    assert "20:00–06:00" in page
    assert (
        "20:00"
        not in client.get(reverse("counselling:roster"), {"week": "2027-03-01"}).content.decode()
    )
    client.post(reverse("counselling:remove_shift", args=[first.pk]))
    assert Shift.objects.get() == second
    assert {event["what"] for event in trail("settings_changed")} == {
        "shift_added",
        "shift_removed",
    }


def test_a_shift_that_cannot_be_read_is_refused_with_its_form(client: Client) -> None:
    answer = client.post(reverse("counselling:add_shift"), {"day": "mai", "weeks": "99"})
    assert answer.status_code == 422
    assert not Shift.objects.exists()
    assert client.get(reverse("counselling:roster"), {"week": "hôm nào"}).status_code == 200


def test_a_counsellor_asks_for_support_and_a_supervisor_comes(client: Client, chi: User) -> None:
    lan = staff("lan")
    case = raised()
    asks = signed_in(lan)
    address = reverse("counselling:support")
    assert asks.post(address, {"text": HOSTILE, "case": case.pk}).status_code == 302
    assert support_waiting(chi) == 1
    page = client.get(address).content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert HOSTILE.strip("<>") not in asks.get(address).content.decode().replace("&lt;", "")
    asked = SupportRequest.objects.get()
    come = reverse("counselling:answer_support", args=[asked.pk])
    assert asks.post(come).status_code == 403
    assert client.post(come).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_by == chi
    assert support_waiting(chi) == 0
    assert "chi đã đến" in asks.get(address).content.decode()


def test_support_is_not_for_those_without_cases_and_names_no_case_one_cannot_see() -> None:
    address = reverse("counselling:support")
    assert signed_in(staff("trang", "trainer")).get(address).status_code == 403
    other = Team.objects.create(name="Đội khác")
    lan = staff("lan", team=Team.objects.create(name="Đội lan", reasons=["child_abuse"]))
    case = raised()
    assert case.team == other
    assert signed_in(lan).post(address, {"case": case.pk}).status_code == 404
    mai = staff("mai", "supervisor", team=other)
    ask_support(by=lan, case=None, text="")
    assert support_waiting(mai) == 0, "somebody of another team"


def test_the_zone_of_the_pages_is_that_of_the_settings() -> None:
    assert zone() == VIETNAM


def test_a_supervisor_does_not_leave_their_team_and_see_every_case() -> None:
    team = Team.objects.create(name="Của mình")
    mai, lan = staff("mai", "supervisor", team=team), staff("lan", team=team)
    form = {"name": "Của mình", "members": [lan.pk]}
    address = reverse("counselling:team", args=[team.pk])
    signed_in(mai).post(address, form)
    assert set(team.members.values_list("user", flat=True)) == {mai.pk, lan.pk}
    signed_in(staff("an", "admin")).post(address, form)
    assert set(team.members.values_list("user", flat=True)) == {lan.pk}


@pytest.mark.parametrize("week", ["0001-01-01", "9999-12-31", "x"])
def test_a_week_beyond_the_calendar_is_this_week(client: Client, week: str) -> None:
    answer = client.get(reverse("counselling:roster"), {"week": week})
    assert answer.status_code == 200
