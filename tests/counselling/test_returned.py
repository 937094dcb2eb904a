"""A case that was answered and is back in the queue: while its parent waits, a first response is
owed anew, and the figures keep the first of all.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from bot.counselling.board import board_of
from bot.counselling.case_sheets import Choice, cases_of, rows_of
from bot.counselling.figures import Figures, Stretch, figures_of
from bot.counselling.late import clock_of
from bot.counselling.models import Case
from bot.counselling.schedule import tell_unclaimed
from bot.counselling.services import (
    assign_case,
    claim_case,
    close_case,
    escalate_late,
    let_go,
    open_case,
    raise_priority,
    refuse_case,
    release_case,
    reopen_case,
    return_to_assistant,
    send_reply,
    snooze_case,
    warn_late_soon,
)
from bot.counselling.worklist import cases_in
from bot.messaging.models import InboundMessage
from bot.messaging.services import receive
from tests.counselling.people import raised, staff, told, with_telegram

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lan(db: None) -> User:
    return staff("lan")


@pytest.fixture
def chi(db: None) -> User:
    return staff("chi", "supervisor", chat="801")


@pytest.fixture
def case(lan: User) -> Case:
    """Danger of a day ago, answered within its time; the parent has written again."""
    case = raised("medical_emergency")
    opened = timezone.now() - timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(
        opened_at=opened, first_response_due_at=opened + 15 * MINUTE
    )
    claim_case(case, by=lan)
    send_reply(case, "Bé sao rồi ạ?", by=lan, key="k1")
    Case.objects.filter(pk=case.pk).update(first_response_at=opened + 5 * MINUTE)
    writes(case, "bé lại co giật")
    case.refresh_from_db()
    return case


def writes(case: Case, text: str) -> None:
    assert case.conversation is not None
    number = InboundMessage.objects.count()
    receive("webchat", case.conversation.address, external_id=f"again-{number}", text=text)


def owes_an_answer(case: Case) -> bool:
    """In fifteen minutes from now on."""
    clock = clock_of(case, timezone.now())
    assert clock is not None
    left = clock.due_at - timezone.now()
    return clock.name == "first_response" and timedelta() < left <= 15 * MINUTE


def gives_back(how: str, case: Case, by: User) -> None:
    if how == "released":
        release_case(case, by=by)
    elif how == "refused":
        refuse_case(case, by=by, reason="Tôi quen gia đình này.")
    elif how == "let go":
        let_go(by)
    else:
        assign_case(case, staff("minh"), by=by)
    case.refresh_from_db()


WAYS = ["released", "refused", "let go", "given to a colleague"]


@pytest.mark.parametrize("how", WAYS)
def test_a_parent_who_waits_is_owed_an_answer_from_the_return_on(
    case: Case, lan: User, how: str
) -> None:
    gives_back(how, case, lan)
    assert case.state == "waiting"
    assert owes_an_answer(case)


def test_where_the_last_word_was_ours_nothing_is_owed(case: Case, lan: User) -> None:
    send_reply(case, "Chị đưa bé đi ngay nhé", by=lan, key="k2")
    first = case.first_response_at
    gives_back("released", case, lan)
    assert case.first_response_at == first
    assert not owes_an_answer(case)


@pytest.mark.parametrize("how", WAYS)
def test_what_was_never_answered_is_owed_since_the_opening(lan: User, how: str) -> None:
    case = raised("medical_emergency")
    claim_case(case, by=lan)
    due = case.first_response_due_at
    gives_back(how, case, lan)
    assert case.first_response_due_at == due, "giving back wins no time"


def test_a_second_return_wins_no_time(case: Case, lan: User) -> None:
    release_case(case, by=lan)
    due = case.first_response_due_at
    minh = staff("minh")
    claim_case(case, by=minh)
    release_case(case, by=minh)
    assert case.first_response_due_at == due


def test_the_answer_ends_it(case: Case, lan: User) -> None:
    release_case(case, by=lan)
    claim_case(case, by=lan)
    send_reply(case, "Em đây ạ", by=lan, key="k2")
    assert clock_of(case, timezone.now()) is None, "the parent's turn"
    _write_again(case)
    clock = clock_of(case, timezone.now())
    assert clock is not None
    assert clock.name == "resolution"


def test_late_soon_and_late_are_told_anew(case: Case, lan: User, chi: User, settings: Any) -> None:
    with_telegram(settings)
    Case.objects.filter(pk=case.pk).update(
        warned_at=case.first_response_at, escalated_at=case.first_response_at
    )
    release_case(case, by=lan)
    now = timezone.now()
    assert (warn_late_soon(now + MINUTE), escalate_late(now + MINUTE)) == (0, 0)
    assert warn_late_soon(now + 11 * MINUTE) == 1
    assert escalate_late(now + 16 * MINUTE) == 1
    assert any(f"Ca {case.pk} đã trễ" in words for words in told("801"))
    assert [one.pk for one in board_of(chi, now + 16 * MINUTE).late.cases] == [case.pk]


def test_the_group_is_called_again_while_nobody_takes_it(
    case: Case, lan: User, settings: Any
) -> None:
    with_telegram(settings)
    Case.objects.filter(pk=case.pk).update(unclaimed_told=3)
    release_case(case, by=lan)
    before = len(told("-100500"))
    tell_unclaimed(timezone.now() + MINUTE)
    assert len(told("-100500")) == before, "not at once"
    tell_unclaimed(timezone.now() + 4 * MINUTE)
    assert len(told("-100500")) == before + 1


def test_it_stands_in_the_queue_where_its_clock_puts_it(case: Case, lan: User, chi: User) -> None:
    sooner, later = raised("medical_emergency"), raised("medical_emergency")
    now = timezone.now()
    Case.objects.filter(pk=sooner.pk).update(first_response_due_at=now + 5 * MINUTE)
    Case.objects.filter(pk=later.pk).update(first_response_due_at=now + 40 * MINUTE)
    release_case(case, by=lan)
    assert list(cases_in(chi, "waiting")) == [sooner, case, later]


def test_on_the_board_it_waits_since_the_parent_wrote(case: Case, lan: User, chi: User) -> None:
    longer = raised()
    Case.objects.filter(pk=longer.pk).update(opened_at=timezone.now() - 60 * MINUTE)
    release_case(case, by=lan)
    assert board_of(chi, timezone.now()).longest_waiting == longer


def figures(user: User) -> Figures:
    today = timezone.localdate()
    return figures_of(user, Stretch(today - timedelta(days=2), today))


@pytest.mark.parametrize("answered_again", [False, True])
def test_the_figures_and_the_sheet_keep_the_first_response_of_all(
    case: Case, lan: User, chi: User, answered_again: bool
) -> None:
    before = figures(chi)
    urgent = before.responses[0]
    assert (urgent.spread.middle, urgent.in_time, urgent.timed) == (5, 1, 1)
    first, due = case.first_response_at, case.first_response_due_at
    release_case(case, by=lan)
    if answered_again:
        claim_case(case, by=lan)
        send_reply(case, "Em đây ạ", by=lan, key="k2")
        writes(case, "vẫn giật")
        release_case(case, by=lan)
    assert figures(chi) == before
    today = timezone.localdate()
    choice = Choice(Stretch(today - timedelta(days=2), today), list(Case.State.values))
    heading, row = rows_of(cases_of(chi, choice), with_summary=False)
    shown = dict(zip(heading, row, strict=True))
    assert first is not None
    assert due is not None
    assert shown["phản hồi đầu tiên"] == local(first)
    assert shown["hạn phản hồi"] == local(due)


def local(moment: Any) -> Any:
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0)


def test_so_they_do_when_a_closed_case_is_opened_again(case: Case, lan: User, chi: User) -> None:
    before = figures(chi).responses
    send_reply(case, "Dạ", by=lan, key="k2")
    close_case(case, by=lan, outcome="answered")
    assert reopen_case(case, why="asked")
    assert owes_an_answer(case)
    assert figures(chi).responses == before


def test_who_sent_the_counsellor_away_is_owed_nothing_until_they_ask_again(
    case: Case, lan: User
) -> None:
    assert case.conversation is not None
    returned = return_to_assistant(case.conversation)
    assert returned is not None
    assert not owes_an_answer(returned)
    again, _ = open_case(case.conversation, reason="medical_emergency")
    assert again.pk == case.pk
    assert owes_an_answer(again)


def test_who_asks_for_a_person_while_the_case_waits_is_owed_an_answer(
    case: Case, lan: User
) -> None:
    send_reply(case, "Chị đưa bé đi ngay nhé", by=lan, key="k2")
    release_case(case, by=lan)
    assert not owes_an_answer(case)
    assert case.conversation is not None
    assert owes_an_answer(open_case(case.conversation, reason="asked")[0])


def test_raising_what_waits_and_was_answered_owes_an_answer_in_the_new_time(lan: User) -> None:
    case = raised("asked")
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    release_case(case, by=lan)
    assert case.conversation is not None
    again, _ = open_case(case.conversation, reason="medical_emergency")
    assert again.priority == "urgent"
    assert owes_an_answer(again)


def test_danger_told_to_who_holds_the_case_starts_no_other_clock(case: Case) -> None:
    assert case.conversation is not None
    again, _ = open_case(case.conversation, reason="medical_emergency")
    assert again.first_response_at == case.first_response_at


def test_a_case_given_back_while_it_rests_does_not_rest_on(lan: User) -> None:
    case = raised("medical_emergency")
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    due = case.resolution_due_at
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=30))
    release_case(case, by=lan)
    assert due is not None
    assert case.resolution_due_at is not None
    assert case.resolution_due_at - due < MINUTE


def test_a_counsellor_who_raises_what_they_hold_starts_no_other_clock(lan: User) -> None:
    case = raised("asked")
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    raise_priority(case, by=lan)
    _write_again(case)
    clock = clock_of(case, timezone.now())
    assert clock is not None
    assert clock.name == "resolution"


def _write_again(case: Case) -> None:
    assert case.conversation is not None
    receive("webchat", case.conversation.address, external_id="again", text="vẫn sốt ạ")
