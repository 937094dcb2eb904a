"""Routing: the team that fits, the colleague with most room, on call, the second reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bot.counselling.duty import load_of, supervisors_of
from bot.counselling.errors import CannotHold, MayNotAssign, NotARaise, SecondIsFirst
from bot.counselling.models import Case
from bot.counselling.schedule import tell_unclaimed
from bot.counselling.services import (
    answer_support,
    ask_support,
    assign_case,
    claim_case,
    is_held,
    move_case,
    offer_waiting,
    open_case,
    raise_priority,
    receive_case,
    refuse_case,
    release_case,
    return_to_assistant,
    send_reply,
    set_second_reader,
)
from bot.counselling.services.routing import team_for
from bot.messaging.models import InboundMessage
from bot.programme.models import Article
from bot.programme.provinces import province_in, provinces
from bot.staff.models import StaffProfile, Team
from tests.counselling.people import at, parent, raised, shift, staff, told, with_telegram

pytestmark = pytest.mark.django_db
NIGHT = at("2026-11-27 22:00")


def test_the_most_specific_team_that_fits_gets_the_case() -> None:
    everyone = Team.objects.create(name="Chung")
    children = Team.objects.create(name="Bảo vệ trẻ", reasons=["child_abuse", "self_harm"])
    north = Team.objects.create(name="Hà Nội", provinces=["Hà Nội"])
    assert raised("asked").team == everyone
    assert raised("child_abuse").team == children
    assert raised("asked", "nhà em ở Hà Nội ạ").team == north
    assert raised("asked", "nhà em ở Huế ạ").team == everyone


def test_without_a_team_that_fits_everybody_sees_the_case() -> None:
    Team.objects.create(name="Bảo vệ trẻ", reasons=["child_abuse"])
    assert raised("asked").team is None


def test_the_topic_is_that_of_the_article_the_question_led_to() -> None:
    article = Article.objects.filter(domain="nutrition").first()
    assert article is not None
    food = Team.objects.create(name="Dinh dưỡng", topics=["nutrition"])
    conversation = parent("ăn dặm thế nào")
    InboundMessage.objects.filter(conversation=conversation).update(
        result={"answer": {"slug": article.slug, "score": 0.8}}
    )
    case, _ = open_case(conversation, reason="asked")
    assert (case.topic, case.team) == ("nutrition", food)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("em ở Bình Dương ạ", "Thành phố Hồ Chí Minh"),
        ("nha em o hai duong", "Hải Phòng"),
        ("tỉnh Hà Giang", "Tuyên Quang"),
        ("bé Hà Giang nhà em ho", ""),
        ("sống ở sài gòn", "Thành phố Hồ Chí Minh"),
        ("quê ở Đắk Nông giờ ở Cần Thơ", "Cần Thơ"),
        ("ở nhà", ""),
    ],
)
def test_a_province_is_read_by_its_old_or_new_name(text: str, name: str) -> None:
    assert province_in(text) == name


def test_there_are_thirty_four_provinces() -> None:
    assert len(provinces()) == 34
    assert len(set(provinces())) == 34


def test_a_case_is_offered_to_the_least_loaded_on_duty_and_the_assistant_goes_on() -> None:
    team = Team.objects.create(name="Chung")
    lan, minh, far = staff("lan", team=team), staff("minh", team=team), staff("far", team=team)
    now = timezone.now()
    claim_case(raised(), by=lan)
    for user in (lan, minh):
        shift(user, now)
    case = raised()
    assert (case.assignee, case.state) == (minh, "waiting")
    assert case.conversation is not None
    assert not is_held(case.conversation)
    loads = {load.user: (load.open_cases, load.is_on_duty) for load in load_of(team, now)}
    assert loads == {lan: (1, True), minh: (1, True), far: (0, False)}


def test_who_is_full_or_away_or_of_another_team_is_offered_nothing() -> None:
    team, other = Team.objects.create(name="A"), Team.objects.create(name="B", topics=["policy"])
    now = timezone.now()
    full, away, stranger = staff("full", team=team, most=0), staff("away", team=team), staff("x")
    StaffProfile.objects.filter(user=away).update(is_away=True)
    StaffProfile.objects.get(user=stranger).teams.add(other)
    for user in (full, away, stranger):
        shift(user, now)
    assert raised().assignee is None


def test_a_refused_case_is_offered_to_somebody_else() -> None:
    lan, minh = staff("lan"), staff("minh")
    now = timezone.now()
    shift(lan, now), shift(minh, now)
    case = raised()
    first = case.assignee
    assert first in (lan, minh)
    refuse_case(case, by=first, reason="Tôi quen gia đình này.")
    assert case.assignee in (lan, minh)
    assert case.assignee != first
    refuse_case(case, by=case.assignee, reason="Tôi sắp hết giờ.")
    assert case.assignee is None, "both have said no"
    assert offer_waiting(now) == 0


def test_what_waits_is_offered_when_a_shift_begins_urgent_first() -> None:
    lan = staff("lan", most=1)
    normal, urgent = raised(), raised("medical_emergency")
    now = timezone.now()
    assert offer_waiting(now) == 0
    shift(lan, now)
    assert offer_waiting(now) == 1
    urgent.refresh_from_db()
    normal.refresh_from_db()
    assert (urgent.assignee, normal.assignee) == (lan, None)


def test_a_case_given_back_is_not_offered_to_the_one_who_gave_it_back() -> None:
    lan = staff("lan")
    case = raised()
    claim_case(case, by=lan)
    release_case(case, by=lan)
    shift(lan, timezone.now())
    assert offer_waiting(timezone.now()) == 0


def test_who_called_the_assistant_back_is_offered_to_nobody_until_they_ask_again() -> None:
    lan, minh = staff("lan"), staff("minh")
    case = raised()
    claim_case(case, by=lan)
    shift(minh, timezone.now())
    assert case.conversation is not None
    return_to_assistant(case.conversation)
    assert offer_waiting(timezone.now()) == 0
    assert tell_unclaimed(timezone.now() + timedelta(days=7)) == 0
    again, is_new = open_case(case.conversation, reason="asked")
    assert (again.pk, again.assignee, is_new) == (case.pk, minh, False)


def test_assigning_by_hand_beats_shift_and_room(settings: Any) -> None:
    with_telegram(settings)
    minh = staff("minh", most=0, chat="702")
    case = raised()
    assign_case(case, minh, by=staff("chi", "supervisor"))
    assert case.assignee == minh
    assert f"Ca {case.pk} được giao" in told("702")[0]


def test_another_team_by_hand_is_for_supervisors_and_the_holder() -> None:
    team = Team.objects.create(name="B", topics=["policy"])
    case, lan = raised(), staff("lan")
    with pytest.raises(MayNotAssign):
        move_case(case, team, by=lan)
    move_case(case, team, by=staff("chi", "supervisor"))
    assert case.team == team


def test_the_on_call_person_is_called_for_danger_outside_hours_alone(settings: Any) -> None:
    with_telegram(settings)
    lan, minh = staff("lan", chat="701"), staff("minh", chat="702")
    shift(lan, NIGHT, on_call=True)
    danger = raised("medical_emergency")
    Case.objects.filter(pk=danger.pk).update(assignee=None)
    danger.refresh_from_db()
    receive_case(danger, NIGHT)
    assert any("Ca khẩn ngoài giờ" in words for words in told("701"))
    assert danger.assignee == lan, "on call is on duty for danger"
    calm = raised()
    receive_case(calm, NIGHT)
    assert calm.assignee is None
    assert not told("702")
    assert minh not in [load.user for load in load_of(None, NIGHT) if load.is_on_duty]


def test_where_nobody_is_on_call_the_supervisors_are_called(settings: Any) -> None:
    with_telegram(settings)
    # Before she is there: the hour of the test's own run may lie outside working hours too.
    danger = raised("medical_emergency")
    staff("chi", "supervisor", chat="801")
    receive_case(danger, NIGHT)
    assert len(told("801")) == 1


@pytest.mark.parametrize("reason", ["child_abuse", "self_harm"])
def test_abuse_and_suicide_have_a_second_reader_other_than_the_holder(reason: str) -> None:
    lan = staff("lan")
    case = raised(reason)
    assert case.second_reader == lan
    claim_case(case, by=lan)
    case.refresh_from_db()
    assert case.second_reader is None, "there is no other colleague yet"
    chi = staff("chi", "supervisor")
    case = raised(reason)
    reader = case.second_reader
    assert reader in (lan, chi)
    claim_case(case, by=reader)
    case.refresh_from_db()
    assert case.second_reader in (lan, chi)
    assert case.second_reader != case.assignee


def test_other_reasons_have_a_second_reader_by_hand_alone() -> None:
    lan, minh = staff("lan"), staff("minh")
    case = raised("domestic_violence")
    assert case.second_reader is None
    claim_case(case, by=lan)
    with pytest.raises(SecondIsFirst):
        set_second_reader(case, lan, by=lan)
    with pytest.raises(CannotHold):
        set_second_reader(case, staff("trang", "trainer"), by=lan)
    set_second_reader(case, minh, by=lan)
    assert case.second_reader == minh
    assert Case.objects.visible_to(minh).filter(pk=case.pk).exists()


def test_a_person_may_raise_a_case_and_never_lower_it() -> None:
    lan = staff("lan")
    case = raised()
    raise_priority(case, by=lan)
    assert case.priority == "high"
    for priority in ("high", "normal"):
        with pytest.raises(NotARaise):
            raise_priority(case, by=lan, priority=priority)


def test_a_raise_to_danger_moves_a_waiting_case_to_the_team_for_it() -> None:
    Team.objects.create(name="Chung")
    children = Team.objects.create(name="Bảo vệ trẻ", reasons=["child_abuse"])
    case = raised()
    assert case.conversation is not None
    raised_case, is_new = open_case(case.conversation, reason="child_abuse")
    assert not is_new
    assert raised_case.team == children
    claim_case(raised_case, by=staff("lan"))
    send_reply(raised_case, "chào chị", by=raised_case.assignee, key="k")
    assert team_for(raised_case) == children


def test_support_is_told_to_the_teams_supervisors_and_its_answer_to_the_asker(
    settings: Any,
) -> None:
    with_telegram(settings)
    team = Team.objects.create(name="Chung")
    lan = staff("lan", team=team, chat="701")
    chi = staff("chi", "supervisor", team=team, chat="801")
    staff("mai", "supervisor", chat="802")
    request = ask_support(by=lan, case=None, text="Tôi mệt, bé Hoa mất rồi.")
    assert len(told("801")) == 1
    assert "Hoa" not in told("801")[0]
    assert told("802") == []
    answer_support(request, by=chi)
    assert "chi" in told("701")[0]


def test_supervision_falls_to_whoever_there_is() -> None:
    team = Team.objects.create(name="Chung")
    boss = staff("sep", "admin")
    assert supervisors_of(team) == [boss]
    far = staff("mai", "supervisor", team=Team.objects.create(name="Khác"))
    assert supervisors_of(team) == [far]
    free = staff("chi", "supervisor")
    assert supervisors_of(team) == [free]
    own = staff("hoa", "supervisor", team=team)
    assert supervisors_of(team) == [own]
