"""The queue: who needs somebody first, what can be found, what is done to many cases at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.models import Case, Label
from bot.counselling.services import add_note, claim_case, send_reply, touch_presence
from bot.messaging.models import InboundMessage
from bot.messaging.services import receive
from tests.counselling.desks import QUEUE, counsellor, in_minutes, make_case, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return counsellor("lan")


@pytest.fixture
def desk(client: Client, lan: User) -> Client:
    client.force_login(lan)
    return client


def test_urgent_comes_first_then_who_has_least_time_left(desk: Client) -> None:
    calm = make_case(first_response_due_at=in_minutes(200))
    soon = make_case(first_response_due_at=in_minutes(5))
    urgent = make_case(reason="medical_emergency", first_response_due_at=in_minutes(900))
    no_clock = make_case(first_response_due_at=None)
    # The first response was given: its clock counts no more, the case's does.
    answered = make_case(
        first_response_due_at=in_minutes(-50),
        first_response_at=timezone.now(),
        resolution_due_at=in_minutes(100),
    )
    assert shown(desk) == [urgent.pk, soon.pk, answered.pk, calm.pk, no_clock.pk]


def test_a_clock_is_told_in_words_not_by_colour_alone(desk: Client) -> None:
    make_case(first_response_due_at=in_minutes(12.5))
    make_case(first_response_due_at=in_minutes(-5.5))
    page = desk.get(QUEUE).content.decode()
    assert "phản hồi: còn 12 phút" in page
    assert "phản hồi: trễ 5 phút" in page


def test_each_scope_shows_its_own_cases(desk: Client, lan: User) -> None:
    waiting, mine, answered = make_case(), make_case(), make_case()
    claim_case(mine, by=lan)
    claim_case(answered, by=lan)
    send_reply(answered, "em chào chị", by=lan, key="aa")
    snoozed = make_case(state="snoozed", assignee=lan, snoozed_until=in_minutes(60))
    closed = make_case(state="closed", closed_at=timezone.now())
    assert shown(desk, scope="waiting") == [waiting.pk]
    assert set(shown(desk, scope="mine")) == {mine.pk, answered.pk, snoozed.pk}
    assert shown(desk, scope="parent") == [answered.pk]
    assert shown(desk, scope="snoozed") == [snoozed.pk]
    assert shown(desk, scope="closed") == [closed.pk]


def test_ones_own_load_stands_above_the_list(desk: Client, lan: User) -> None:
    claim_case(make_case(), by=lan)
    make_case(state="snoozed", assignee=lan, snoozed_until=in_minutes(60))
    make_case()

    assert "Anh/chị đang giữ 1 ca, nhiều nhất 12." in desk.get(QUEUE).content.decode()


def test_a_parent_who_has_written_again_is_not_waited_for(desk: Client, lan: User) -> None:
    case = make_case()
    claim_case(case, by=lan)
    send_reply(case, "em chào chị", by=lan, key="aa")
    conversation = case.conversation
    assert conversation is not None
    receive(conversation.channel, conversation.address, external_id="again", text="dạ em đây")
    assert shown(desk, scope="parent") == []


def test_the_title_says_how_many_wait(desk: Client) -> None:
    make_case()
    make_case()
    assert "<title>(2) Hàng chờ" in desk.get(QUEUE).content.decode()


def test_a_case_is_found_by_its_number_and_by_its_label(desk: Client) -> None:
    first, second = make_case(), make_case()
    label = Label.objects.create(name="chờ kết quả khám")
    label.cases.add(second)
    assert shown(desk, q=f"ca {first.pk}") == [first.pk]
    assert shown(desk, q="kết quả") == [second.pk]
    assert shown(desk, q="9" * 30) == []
    # A few digits are a number, and no word of a parent.
    assert shown(desk, q=str(second.pk)) == [second.pk]


def test_filters_narrow_the_list_together(desk: Client, lan: User) -> None:
    wanted = make_case(
        reason="child_abuse", topic="safety", province="Đà Nẵng", child_age_months=14, assignee=lan
    )
    other = make_case(reason="asked", topic="health", province="Huế", child_age_months=4)
    Case.objects.filter(pk=other.pk).update(opened_at=timezone.now() - timedelta(days=9))
    for query in (
        {"reason": "child_abuse"},
        {"topic": "safety"},
        {"province": "Đà Nẵng"},
        {"age": "12-36"},
        {"assignee": lan.pk},
        {"since": (timezone.localdate() - timedelta(days=2)).isoformat()},
        {"reason": "child_abuse", "province": "Đà Nẵng"},
    ):
        assert shown(desk, **query) == [wanted.pk], query
    assert shown(desk, reason="child_abuse", province="Huế") == []
    assert shown(desk, reason="nothing of this kind") == []


def test_who_is_mentioned_in_a_note_sees_it_until_they_look(desk: Client, lan: User) -> None:
    minh = counsellor("minh")
    case, hidden = make_case(), make_case()
    add_note(case, "@lan xem giúp mình, hỏi cả @minh.", by=minh)
    add_note(hidden, "@ai-do và lan@example.org không phải là nhắc tên", by=minh)
    assert shown(desk, scope="mentioned") == [case.pk]
    assert "nhắc tên anh/chị" in desk.get(QUEUE).content.decode()
    touch_presence(case, by=lan, is_typing=False)
    assert shown(desk, scope="mentioned") == []


def test_thirty_cases_a_page(desk: Client) -> None:
    for _ in range(33):
        make_case()
    assert len(shown(desk)) == 30
    assert len(shown(desk, page=2)) == 3
    assert "Trang 1/2 · 33 ca" in desk.get(QUEUE).content.decode()


def test_a_longer_list_needs_no_more_queries(
    desk: Client, lan: User, django_assert_max_num_queries: Any
) -> None:
    label = Label.objects.create(name="nhãn")
    for _ in range(30):
        label.cases.add(make_case(assignee=lan))
    with django_assert_max_num_queries(26):
        desk.get(QUEUE)


def bulk(client: Client, action: str, cases: list[Case], **fields: Any) -> str:
    values = {"action": action, "cases": [case.pk for case in cases], "back": "scope=all", **fields}
    page = client.post(reverse("counselling:bulk"), values, follow=True)
    assert page.redirect_chain == [("/console/?scope=all", 302)]
    return page.content.decode()


def test_many_cases_are_given_to_a_colleague(desk: Client) -> None:
    minh = counsellor("minh")
    cases = [make_case(), make_case()]
    assert "Đã xong 2 ca." in bulk(desk, "assign", cases, to=minh.pk)
    assert set(Case.objects.values_list("assignee", flat=True)) == {minh.pk}


def test_what_could_not_be_done_to_many_is_named_with_its_reason(desk: Client, lan: User) -> None:
    mine, other = make_case(), make_case()
    claim_case(mine, by=lan)
    claim_case(other, by=counsellor("minh"))
    page = bulk(desk, "close", [mine, other], outcome="answered")
    assert f"Đã xong 1 ca. Không làm được 1 ca: ca {other.pk} (Ca này do người khác" in page
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("closed", "claimed")


def test_many_cases_are_snoozed_only_with_a_time(desk: Client, lan: User) -> None:
    case = make_case()
    claim_case(case, by=lan)
    assert "Hẹn lại lúc" in bulk(desk, "snooze", [case])
    until = timezone.localtime(in_minutes(120)).strftime("%Y-%m-%dT%H:%M")
    assert "Đã xong 1 ca." in bulk(desk, "snooze", [case], until=until)
    case.refresh_from_db()
    assert case.state == "snoozed"


def test_cases_of_another_team_are_not_touched(desk: Client) -> None:
    from bot.staff.models import Team

    hidden = make_case(team=Team.objects.create(name="đội khác"))
    assert "Hãy chọn ít nhất một ca" in bulk(desk, "close", [hidden], outcome="answered")


def test_the_live_twin_says_nothing_while_nothing_changes(desk: Client) -> None:
    make_case()
    first = desk.get(reverse("counselling:queue_live"))
    again = desk.get(reverse("counselling:queue_live"), HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code in {304, 200}
    make_case()
    changed = desk.get(reverse("counselling:queue_live"), HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert 'data-title="(2) Hàng chờ' in changed.content.decode()


def test_words_of_a_parent_are_never_markup_in_the_queue(desk: Client) -> None:
    case = make_case("<script>alert(1)</script>")
    Label.objects.create(name="<b>nhãn</b>").cases.add(case)
    assert InboundMessage.objects.filter(text__contains="<script>").exists()
    page = desk.get(QUEUE, {"q": "<script>"}).content.decode()
    assert "<b>nhãn" not in page
    assert "<script>alert" not in page
