"""A case goes from hand to hand: given, refused, taken over, snoozed, with support asked for."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from bot.counselling.errors import (
    CannotHold,
    CaseClaimed,
    CaseIsClosed,
    MayNotAssign,
    NotAssignee,
    NotClaimed,
    NotInFuture,
    ReasonMissing,
    SupportAnswered,
)
from bot.counselling.models import Case, CaseEvent, SupportRequest
from bot.counselling.services import (
    answer_support,
    ask_support,
    assign_case,
    claim_case,
    close_case,
    erase_cases,
    is_held,
    open_case,
    opening,
    refuse_case,
    send_reply,
    set_second_reader,
    snooze_case,
    take_over_case,
    wake_cases,
)
from bot.messaging.models import Channel, Conversation
from bot.messaging.services import receive
from bot.staff.people import change_role, set_active
from tests.counselling.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(db: None) -> Conversation:
    row = receive(Channel.WEBCHAT, "phone", external_id="m1", text="chào")
    assert row is not None
    return row.conversation


@pytest.fixture
def case(conversation: Conversation) -> Case:
    return open_case(conversation, reason="asked")[0]


def events(case: Case) -> list[str]:
    return list(case.history.order_by("pk").values_list("kind", flat=True))


def test_a_given_case_waits_until_it_is_taken_and_the_assistant_goes_on_answering(
    case: Case, conversation: Conversation
) -> None:
    lan, minh = staff("lan"), staff("minh")
    assign_case(case, minh, by=lan)
    assert (case.assignee, case.state) == (minh, "waiting")
    assert not is_held(conversation)
    with pytest.raises(NotClaimed):
        send_reply(case, "chào chị", by=minh, key="k1")
    claim_case(case, by=minh)
    assert is_held(conversation)
    assert CaseEvent.objects.get(kind="assigned").detail["to"] == minh.pk


def test_a_given_case_may_be_taken_by_a_colleague_who_is_there(case: Case) -> None:
    lan, minh = staff("lan"), staff("minh")
    assign_case(case, minh, by=lan)
    claim_case(case, by=lan)
    assert (case.assignee, case.state) == (lan, "claimed")
    with pytest.raises(CaseClaimed):
        claim_case(case, by=minh)


def test_a_case_given_to_oneself_is_taken_at_once(case: Case) -> None:
    lan = staff("lan")
    assign_case(case, lan, by=lan)
    assert (case.assignee, case.state) == (lan, "claimed")


def test_a_held_case_is_given_away_by_its_holder_or_a_supervisor_alone(case: Case) -> None:
    lan, minh, chi = staff("lan"), staff("minh"), staff("chi", "supervisor")
    claim_case(case, by=lan)
    with pytest.raises(MayNotAssign):
        assign_case(case, minh, by=minh)
    assign_case(case, minh, by=chi)
    assert (case.assignee, case.state) == (minh, "waiting")


def test_a_case_is_given_to_nobody_who_cannot_hold_it(case: Case) -> None:
    lan = staff("lan")
    with pytest.raises(CannotHold):
        assign_case(case, staff("trang", "trainer"), by=lan)
    locked = staff("minh")
    locked.is_active = False
    locked.save()
    with pytest.raises(CannotHold):
        assign_case(case, locked, by=lan)


def test_a_refusal_says_why_and_puts_the_case_back(case: Case, conversation: Conversation) -> None:
    lan, minh = staff("lan"), staff("minh")
    claim_case(case, by=lan)
    with pytest.raises(NotAssignee):
        refuse_case(case, by=minh, reason="không rành")
    with pytest.raises(ReasonMissing):
        refuse_case(case, by=lan, reason="  ")
    refuse_case(case, by=lan, reason="Tôi quen gia đình này.")
    assert (case.assignee, case.state) == (None, "waiting")
    assert not is_held(conversation)
    assert case.notes.get().text == "Tôi quen gia đình này."
    detail = CaseEvent.objects.get(kind="refused").detail
    assert "quen" not in str(detail), "the history outlives the family's data"


def test_taking_over_names_the_former_holder(case: Case) -> None:
    lan, minh = staff("lan"), staff("minh")
    claim_case(case, by=lan)
    take_over_case(case, by=minh)
    assert (case.assignee, case.state) == (minh, "claimed")
    event = CaseEvent.objects.get(kind="taken_over")
    assert (event.by, event.detail["was"], event.detail["was_name"]) == (minh, lan.pk, "lan")
    with pytest.raises(NotAssignee):
        send_reply(case, "chào chị", by=lan, key="k1")
    close_case(case, by=minh, outcome="answered")
    with pytest.raises(CaseIsClosed):
        take_over_case(case, by=lan)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_over_at_once_do_not_both_get_it(conversation: Conversation) -> None:
    case, _ = open_case(conversation, reason="asked")
    claim_case(case, by=staff("lan"))
    users = [staff(f"c{number}") for number in range(4)]
    copies = [Case.objects.get(pk=case.pk) for _ in users]
    start = threading.Barrier(len(users))
    results: list[str] = []

    def press(user: User, copy: Case) -> None:
        start.wait()
        try:
            take_over_case(copy, by=user)
            results.append("got it")
        except CaseClaimed:
            results.append("too late")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=pair) for pair in zip(users, copies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    got = CaseEvent.objects.filter(kind="taken_over").order_by("pk")
    assert got.count() == results.count("got it") >= 1
    assert len(results) == len(users)
    former = [event.detail["was"] for event in got]
    assert len(set(former)) == len(former), "each was taken from another holder"


def test_a_snoozed_case_wakes_at_its_time(case: Case, conversation: Conversation) -> None:
    lan, now = staff("lan"), timezone.now()
    with pytest.raises(NotAssignee):
        snooze_case(case, by=lan, until=now + timedelta(hours=1))
    claim_case(case, by=lan)
    with pytest.raises(NotInFuture):
        snooze_case(case, by=lan, until=now - timedelta(minutes=1))
    snooze_case(case, by=lan, until=now + timedelta(hours=2))
    assert (case.state, case.assignee) == ("snoozed", lan)
    assert wake_cases(now + timedelta(hours=1)) == 0
    assert wake_cases(now + timedelta(hours=3)) == 1
    assert wake_cases(now + timedelta(hours=3)) == 0, "once"
    case.refresh_from_db()
    assert (case.state, case.assignee, case.snoozed_until) == ("claimed", lan, None)
    assert events(case)[-2:] == ["snoozed", "woken"]


def test_a_snoozed_case_wakes_when_the_parent_writes(case: Case) -> None:
    lan = staff("lan")
    claim_case(case, by=lan)
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=2))
    assert wake_cases(timezone.now()) == 0
    receive(Channel.WEBCHAT, "phone", external_id="m2", text="bé lại ho rồi")
    assert wake_cases(timezone.now()) == 1
    case.refresh_from_db()
    assert case.state == "claimed"


def test_support_is_asked_once_and_answered_by_one(case: Case) -> None:
    lan, chi, mai = staff("lan"), staff("chi", "supervisor"), staff("mai", "supervisor")
    request = ask_support(by=lan, case=case, text="Ca này nặng quá.")
    assert ask_support(by=lan, case=case, text="Ca này nặng quá.").pk == request.pk
    assert SupportRequest.objects.count() == 1
    assert events(case)[-1] == "support_asked"
    answer_support(request, by=chi)
    with pytest.raises(SupportAnswered):
        answer_support(request, by=mai)
    assert request.answered_by == chi
    assert ask_support(by=lan, text="").pk != request.pk, "also for oneself, without a case"


@pytest.mark.parametrize("leaves", ["locked", "trainer"])
def test_who_may_hold_no_case_any_more_holds_none(case: Case, leaves: str) -> None:
    lan, chi = staff("lan"), staff("chi", "admin")
    claim_case(case, by=lan)
    if leaves == "locked":
        set_active(lan, False, by=chi)
    else:
        change_role(lan, "trainer", by=chi)
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("waiting", None)
    assert events(case)[-1] == "released"


def test_a_new_role_that_holds_cases_keeps_them(case: Case) -> None:
    lan = staff("lan")
    claim_case(case, by=lan)
    change_role(lan, "supervisor", by=staff("chi", "admin"))
    case.refresh_from_db()
    assert case.assignee == lan


def test_only_the_holder_or_a_supervisor_names_a_second_reader(case: Case) -> None:
    lan, minh = staff("lan"), staff("minh")
    claim_case(case, by=lan)
    with pytest.raises(MayNotAssign):
        set_second_reader(case, minh, by=minh)
    set_second_reader(case, minh, by=lan)
    set_second_reader(case, staff("hoa"), by=staff("chi", "supervisor"))
    case.refresh_from_db()
    assert case.second_reader is not None
    assert case.second_reader.username == "hoa"


def test_a_danger_told_while_a_case_is_claimed_does_not_undo_the_claim(
    case: Case, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, read = staff("lan"), opening.open_case_of

    def read_then_claimed(of: Conversation) -> Case | None:
        seen = read(of)
        claim_case(Case.objects.get(pk=case.pk), by=lan)
        return seen

    monkeypatch.setattr(opening, "open_case_of", read_then_claimed)
    open_case(conversation, reason="medical_emergency")
    case.refresh_from_db()
    assert (case.priority, case.state, case.assignee) == ("urgent", "claimed", lan)


def test_an_erased_family_leaves_no_words_with_a_call_for_support(case: Case) -> None:
    lan = staff("lan")
    claim_case(case, by=lan)
    ask_support(by=lan, case=case, text="chị Hoa ở Vinh kể")
    erase_cases(case.family)
    assert SupportRequest.objects.get().text == ""
