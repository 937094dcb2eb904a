"""The board of today: what waits, what is late, who has how much."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from bot.counselling.board import board_of
from bot.counselling.models import SupportRequest
from bot.staff.models import Shift, Team
from tests.counselling.supervised import make_case, make_staff, minutes, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def supervisor() -> User:
    return make_staff("giam-sat", "supervisor")


def numbers(listed: Any) -> list[int]:
    return [case.pk for case in listed.cases]


def test_the_longest_wait_stands_first_and_urgent_ones_have_their_own_list(
    supervisor: User,
) -> None:
    short = make_case(NOW - minutes(5), priority="urgent", reason="medical_emergency")
    long = make_case(NOW - minutes(90))
    make_case(NOW - minutes(300), state="closed", closed_at=NOW)
    held = make_case(NOW - minutes(200), state="claimed", assignee=supervisor)
    board = board_of(supervisor, NOW)
    assert numbers(board.waiting) == [long.pk, short.pk]
    assert board.longest_waiting == long
    assert numbers(board.urgent_unassigned) == [short.pk]
    assert board.open_count == 3
    assert held.pk not in numbers(board.waiting)


def test_late_goes_by_the_answer_that_is_owed_then_by_the_end(supervisor: User) -> None:
    unanswered = make_case(
        NOW - minutes(60),
        first_response_due_at=NOW - minutes(1),
        resolution_due_at=NOW + minutes(999),
    )
    answered: dict[str, Any] = {
        "first_response_at": NOW - minutes(50),
        "first_response_due_at": NOW - minutes(55),
        "state": "claimed",
    }
    ended = make_case(NOW - minutes(60), resolution_due_at=NOW - minutes(2), **answered)
    make_case(NOW - minutes(60), resolution_due_at=NOW + minutes(600), **answered)
    soon = make_case(NOW - minutes(5), first_response_due_at=NOW + minutes(10))
    make_case(NOW - minutes(5), first_response_due_at=NOW + minutes(16))
    make_case(
        NOW - minutes(60), resolution_due_at=NOW - minutes(2), **{**answered, "state": "snoozed"}
    )
    board = board_of(supervisor, NOW)
    assert numbers(board.late) == [ended.pk, unanswered.pk], "the longest late first"
    assert numbers(board.late_soon) == [soon.pk]


def test_cases_of_abuse_and_suicide_without_a_second_reader_are_shown(supervisor: User) -> None:
    alone = make_case(NOW, reason="child_abuse", priority="urgent")
    make_case(NOW, reason="self_harm", priority="urgent", second_reader=supervisor)
    make_case(NOW, reason="asked")
    assert numbers(board_of(supervisor, NOW).unread_by_second) == [alone.pk]


def test_load_tells_who_is_here_and_who_is_full(supervisor: User) -> None:
    lan = make_staff("lan", "counsellor", max_open_cases=2)
    make_staff("minh", "counsellor", is_away=True)
    Shift.objects.create(user=lan, starts_at=NOW - minutes(10), ends_at=NOW + minutes(10))
    for state in ("claimed", "waiting_for_parent", "snoozed", "closed"):
        make_case(NOW, state=state, assignee=lan, priority="urgent")
    first, second = board_of(supervisor, NOW).loads
    assert (first.user, first.open_cases, first.urgent, first.is_full) == (lan, 2, 2, True)
    assert (first.is_on_duty, first.is_away) == (True, False)
    assert (second.open_cases, second.is_on_duty, second.is_away) == (0, False, True)


def test_a_supervisor_sees_their_teams_people_and_cases_alone() -> None:
    mine, others = Team.objects.create(name="một"), Team.objects.create(name="hai")
    own = make_staff("cua-doi", "supervisor", mine)
    near, far = (
        make_staff("gan", "counsellor", mine),
        make_staff("xa", "counsellor", others),
    )
    seen = make_case(NOW, team=mine)
    make_case(NOW, team=others)
    for person in (near, far):
        SupportRequest.objects.create(by=person, text="cần người")
    board = board_of(own, NOW)
    assert numbers(board.waiting) == [seen.pk]
    assert [load.user for load in board.loads] == [near]
    assert [request.by for request in board.support] == [near]


@pytest.mark.parametrize("state", ["waiting", "claimed", "waiting_for_parent", "snoozed"])
def test_whoever_has_an_open_case_is_among_those_who_carry(supervisor: User, state: str) -> None:
    chi, idle = make_staff("chi", "supervisor"), make_staff("mai", "supervisor")
    make_case(NOW, state=state, assignee=chi)
    make_case(NOW, state="closed", closed_at=NOW, assignee=idle)
    assert [load.user for load in board_of(supervisor, NOW).loads] == [chi]


def test_who_holds_a_case_of_the_team_counts_whichever_team_they_are_of() -> None:
    mine, others = Team.objects.create(name="một"), Team.objects.create(name="hai")
    own = make_staff("cua-doi", "supervisor", mine)
    helps, far = make_staff("giup", "supervisor", others), make_staff("xa", "supervisor", others)
    make_case(NOW, state="claimed", team=mine, assignee=helps)
    make_case(NOW, state="claimed", team=others, assignee=far)
    assert [load.user for load in board_of(own, NOW).loads] == [helps]
    assert [load.user for load in board_of(own, NOW, mine).loads] == [helps]


def test_support_that_was_given_is_gone_from_the_board(supervisor: User) -> None:
    lan = make_staff("lan", "counsellor")
    request = SupportRequest.objects.create(by=lan)
    assert len(board_of(supervisor, NOW).support) == 1
    SupportRequest.objects.filter(pk=request.pk).update(answered_at=NOW, answered_by=supervisor)
    assert board_of(supervisor, NOW).support == ()


def test_the_page_links_to_cases_and_its_twin_is_silent_while_nothing_changed(
    supervisor: User,
) -> None:
    case = make_case(timezone.now() - timedelta(days=3))
    client = signed_in(supervisor)
    page = client.get(reverse("counselling:board"))
    assert reverse("counselling:case", args=[case.pk]) in page.content.decode()
    twin = client.get(reverse("counselling:board_live"))
    again = client.get(reverse("counselling:board_live"), headers={"If-None-Match": twin["ETag"]})
    assert (twin.status_code, again.status_code) == (200, 304)
    make_case(timezone.now())
    changed = client.get(reverse("counselling:board_live"), headers={"If-None-Match": twin["ETag"]})
    assert changed.status_code == 200


def test_a_call_for_support_is_never_html(supervisor: User) -> None:
    SupportRequest.objects.create(by=make_staff("lan", "counsellor"), text="<script>x</script>")
    page = signed_in(supervisor).get(reverse("counselling:board")).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_case_that_was_opened_again_waits_since_then(supervisor: User) -> None:
    make_case(NOW - minutes(90), reopened_at=NOW - minutes(2))
    long = make_case(NOW - minutes(30))
    assert board_of(supervisor, NOW).longest_waiting == long
