"""Clocks: targets, late soon, late, off hours, fast time; `now` is handed in."""

import threading
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from bot.counselling.board import board_of
from bot.counselling.clocks import away_until, off_hours_words, targets
from bot.counselling.late import clock_of
from bot.counselling.models import Case, CaseEvent, ClockTarget, SpecialDay, WorkingHours
from bot.counselling.schedule import tell_unclaimed
from bot.counselling.services import (
    claim_case,
    escalate_late,
    raise_priority,
    send_reply,
    snooze_case,
    wake_cases,
    warn_late_soon,
)
from bot.counselling.services.clocks import start_clocks
from bot.counselling.words import when_in_words
from bot.counselling.worklist import rows_of
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.messaging.services import receive
from bot.staff.models import Team
from tests.counselling.people import VIETNAM, at, raised, shift, staff, told, with_telegram
from tests.counselling.supervised import make_staff

pytestmark = pytest.mark.django_db
FRIDAY, NIGHT = at("2026-11-27 09:00"), at("2026-11-27 22:00")


def started(reason: str, now: datetime) -> Case:
    """A case that was opened at this moment."""
    case = raised(reason)
    Case.objects.filter(pk=case.pk).update(opened_at=now)
    start_clocks(case, now)
    return case


def kinds(case: Case) -> list[str]:
    return list(case.history.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("reason", "now", "first"),
    [
        ("medical_emergency", NIGHT, "2026-11-27 22:15"),
        ("low_rating", NIGHT, "2026-11-27 23:00"),
        ("caregiver_distress", FRIDAY, "2026-11-27 10:00"),
        ("asked", FRIDAY, "2026-11-27 15:00"),
        ("asked", NIGHT, "2026-11-30 11:30"),
    ],
)
def test_danger_and_distress_run_in_real_time_and_the_rest_in_working_time(
    reason: str, now: datetime, first: str
) -> None:
    assert started(reason, now).first_response_due_at == at(first)


def test_an_opened_case_has_both_clocks_running() -> None:
    case = raised("medical_emergency")
    assert case.first_response_due_at == case.opened_at + timedelta(minutes=15)
    assert case.resolution_due_at == case.opened_at + timedelta(hours=24)
    assert clock_of(case, case.opened_at) is not None


def test_targets_hours_and_days_are_what_was_set() -> None:
    ClockTarget.objects.create(
        priority="high", first_response_minutes=30, resolution_minutes=60, in_working_hours=True
    )
    WorkingHours.objects.create(weekday=5, starts=time(9), ends=time(12))
    assert started("low_rating", NIGHT).first_response_due_at == at("2026-11-28 09:30")
    SpecialDay.objects.create(day=date(2026, 11, 28), name="Họp")
    assert started("low_rating", NIGHT).first_response_due_at == at("2026-12-05 09:30")
    assert targets()["urgent"].first_response_minutes == 15


def test_fast_time_divides_durations_alone(settings: object) -> None:
    with_telegram(settings, fast_time=60.0)
    assert started("medical_emergency", NIGHT).first_response_due_at == NIGHT + timedelta(
        seconds=15
    )
    assert started("asked", NIGHT).first_response_due_at == at("2026-11-30 07:34")


def test_raising_hastens_the_clock_and_never_puts_it_back() -> None:
    case = started("asked", timezone.now() - timedelta(days=30))
    missed = case.first_response_due_at
    raise_priority(case, by=staff("lan"))
    assert (case.priority, case.first_response_due_at) == ("high", missed)
    fresh = raised("asked")
    raise_priority(fresh, by=staff("minh"), priority="urgent")
    assert fresh.first_response_due_at is not None
    assert fresh.first_response_due_at <= timezone.now() + timedelta(minutes=15)
    assert kinds(fresh)[-1] == "raised"


def test_a_case_late_soon_is_shown_and_its_assignee_told_once(settings: object) -> None:
    with_telegram(settings)
    lan = staff("lan", chat="777")
    case = started("medical_emergency", FRIDAY)
    Case.objects.filter(pk=case.pk).update(assignee=lan)
    assert warn_late_soon(FRIDAY + timedelta(minutes=9)) == 0
    now = FRIDAY + timedelta(minutes=10)
    assert warn_late_soon(now) == 1
    assert warn_late_soon(now + timedelta(minutes=1)) == 0, "once"
    case.refresh_from_db()
    clock = clock_of(case, now)
    assert clock is not None
    assert (clock.name, clock.is_soon, clock.is_late) == ("first_response", True, False)
    assert "late_soon" in kinds(case)
    [words] = told("777")
    assert f"Ca {case.pk} sắp trễ" in words


def test_the_last_fifth_of_a_working_clock_is_counted_in_working_time() -> None:
    # Due on Monday at 10.30; 48 of its 240 working minutes are the last fifth.
    case = started("asked", at("2026-11-27 16:00"))
    assert case.first_response_due_at == at("2026-11-30 10:30")
    assert warn_late_soon(at("2026-11-30 09:40")) == 0
    assert warn_late_soon(at("2026-11-30 09:43")) == 1


def test_nobody_is_warned_at_night_of_a_clock_that_stands_still_then() -> None:
    case = started("asked", at("2026-11-27 13:30"))
    assert case.first_response_due_at == at("2026-11-30 08:00")
    assert warn_late_soon(at("2026-11-27 18:00")) == 0
    assert warn_late_soon(at("2026-11-27 16:45")) == 1


@pytest.mark.parametrize(
    ("reason", "calls"), [("medical_emergency", 1), ("caregiver_distress", 1), ("asked", 0)]
)
def test_urgent_and_high_cases_call_the_group_and_normal_ones_wait(
    settings: object, reason: str, calls: int
) -> None:
    with_telegram(settings)
    case = raised(reason)
    assert sum(f"Ca {case.pk} " in words for words in told("-100500")) == calls


def test_a_late_case_goes_to_the_supervisors_and_the_group_once(settings: object) -> None:
    with_telegram(settings)
    team, other = Team.objects.create(name="Miền Bắc"), Team.objects.create(name="Miền Nam")
    staff("chi", "supervisor", team=team, chat="801")
    staff("mai", "supervisor", team=other, chat="802")
    case = started("low_rating", FRIDAY)
    Case.objects.filter(pk=case.pk).update(team=team)
    assert escalate_late(FRIDAY + timedelta(minutes=59)) == 0
    late = FRIDAY + timedelta(minutes=61)
    assert escalate_late(late) == 1
    assert escalate_late(late + timedelta(minutes=5)) == 0
    case.refresh_from_db()
    assert case.escalated_at == late
    clock = clock_of(case, late)
    assert clock is not None
    assert clock.is_late
    assert kinds(case).count("escalated") == 1
    assert (len(told("801")), len(told("802"))) == (1, 0)
    assert any(f"Ca {case.pk} đã trễ" in words for words in told("-100500"))


def test_an_alert_holds_nothing_of_the_family(settings: object) -> None:
    with_telegram(settings)
    staff("chi", "supervisor", chat="801")
    case = raised("low_rating", "con tôi tên Nguyễn Thị Hoa, số 0912345678")
    start_clocks(case, FRIDAY)
    assert escalate_late(FRIDAY + timedelta(hours=2)) == 1
    words = " ".join(told("801") + told("-100500"))
    assert words
    assert not any(part in words for part in ("Hoa", "0912", "tôi tên"))


def test_an_answer_stops_the_first_clock_and_the_second_is_told_of_anew() -> None:
    lan = staff("lan")
    case = started("medical_emergency", FRIDAY)
    assert escalate_late(FRIDAY + timedelta(hours=1)) == 1
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    answered = FRIDAY + timedelta(hours=2)
    Case.objects.filter(pk=case.pk).update(first_response_at=answered, state="claimed")
    case.refresh_from_db()
    clock = clock_of(case, answered)
    assert clock is not None
    assert (clock.name, clock.is_late) == ("resolution", False)
    assert escalate_late(FRIDAY + timedelta(hours=23)) == 0
    assert escalate_late(FRIDAY + timedelta(hours=25)) == 1
    assert kinds(case).count("escalated") == 2


def test_nobody_is_late_while_it_is_the_parents_turn() -> None:
    lan = staff("lan")
    case = started("medical_emergency", timezone.now())
    claim_case(case, by=lan)
    send_reply(case, "Bé đỡ chưa ạ?", by=lan, key="k1")
    later = timezone.now() + timedelta(days=2)
    assert escalate_late(later) == 0
    assert case.conversation is not None
    receive("webchat", case.conversation.address, external_id="again", text="vẫn sốt ạ")
    assert escalate_late(later) == 1


def test_board_queue_and_case_agree_that_nobody_is_late_then() -> None:
    lan = staff("lan")
    boss = make_staff("boss", "supervisor")
    case = started("medical_emergency", timezone.now())
    claim_case(case, by=lan)
    send_reply(case, "Bé đỡ chưa ạ?", by=lan, key="k1")
    later = timezone.now() + timedelta(days=2)

    def shown() -> tuple[bool, bool, bool]:
        case.refresh_from_db()
        clock = clock_of(case, later)
        return (
            case.pk in [row.pk for row in board_of(boss, later).late.cases],
            rows_of(lan, [case.pk])[0].due_at is not None,
            clock is not None and clock.is_late,
        )

    assert shown() == (False, False, False)
    assert case.conversation is not None
    receive("webchat", case.conversation.address, external_id="again", text="vẫn sốt ạ")
    assert shown() == (True, True, True)


def test_a_snoozed_case_goes_on_with_the_time_it_had_left() -> None:
    lan = staff("lan")
    case = raised("medical_emergency")
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    now = timezone.now()
    snooze_case(case, by=lan, until=now + timedelta(days=3))
    assert escalate_late(now + timedelta(days=2)) == 0
    woken = now + timedelta(days=3, minutes=1)
    assert wake_cases(woken) == 1
    case.refresh_from_db()
    assert case.resolution_due_at is not None
    left = case.resolution_due_at - woken
    assert timedelta(hours=23, minutes=59) <= left <= timedelta(hours=24)


def test_what_the_holder_writes_meanwhile_leaves_the_case_at_rest() -> None:
    lan = staff("lan")
    case = raised("medical_emergency")
    claim_case(case, by=lan)
    until = timezone.now() + timedelta(days=3)
    snooze_case(case, by=lan, until=until)
    send_reply(case, "Em nhắc chị mai đi tiêm nhé", by=lan, key="k1")
    assert (case.state, case.snoozed_until) == ("snoozed", until)
    assert wake_cases(until + timedelta(minutes=1)) == 1
    case.refresh_from_db()
    assert (case.state, case.snoozed_until) == ("claimed", None)


def test_a_snoozed_case_still_owes_its_first_answer() -> None:
    lan = staff("lan")
    case = raised("medical_emergency")
    claim_case(case, by=lan)
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=3))
    assert escalate_late(timezone.now() + timedelta(hours=1)) == 1


def test_a_reopened_case_must_be_answered_anew() -> None:
    lan = staff("lan")
    case = started("asked", FRIDAY)
    claim_case(case, by=lan)
    send_reply(case, "chào chị", by=lan, key="k1")
    start_clocks(case, at("2026-12-01 09:00"))
    clock = clock_of(case, at("2026-12-01 09:00"))
    assert clock is not None
    assert (clock.name, clock.due_at) == ("first_response", at("2026-12-01 15:00"))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-30 08:00", "8 giờ sáng thứ Hai 30/11"),
        ("2026-11-28 07:30", "7 giờ 30 sáng mai, thứ Bảy 28/11"),
        ("2026-11-27 13:30", "1 giờ 30 chiều hôm nay"),
        ("2026-11-29 12:00", "12 giờ trưa Chủ nhật 29/11"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, words: str) -> None:
    assert when_in_words(at(moment), FRIDAY, VIETNAM) == words


def test_off_hours_the_parent_learns_when_somebody_will_be_there() -> None:
    case = started("asked", NIGHT)
    case.refresh_from_db()
    assert off_hours_words(case) == "7 giờ 30 sáng thứ Hai 30/11"
    urgent = started("medical_emergency", NIGHT)
    urgent.refresh_from_db()
    assert off_hours_words(urgent) == "", "danger has words of its own"
    day = started("asked", FRIDAY)
    day.refresh_from_db()
    assert off_hours_words(day) == ""


def test_somebody_on_duty_at_night_is_there_and_a_shift_before_work_is_named() -> None:
    lan = staff("lan")
    duty = shift(lan, NIGHT)
    assert away_until(None, NIGHT) is None
    duty.starts_at, duty.ends_at = at("2026-11-28 08:00"), at("2026-11-28 12:00")
    duty.save()
    assert away_until(None, NIGHT) == at("2026-11-28 08:00")
    duty.is_on_call = True
    duty.save()
    assert away_until(None, NIGHT) == at("2026-11-30 07:30")


def test_a_parent_of_the_night_is_not_told_that_nobody_came_before_work_begins() -> None:
    case = started("asked", NIGHT)
    before = OutboundMessage.objects.filter(conversation=case.conversation).count()
    assert tell_unclaimed(NIGHT + timedelta(hours=2)) == 0
    assert tell_unclaimed(at("2026-11-30 07:35")) == 0
    assert tell_unclaimed(at("2026-11-30 07:41")) == 1
    assert OutboundMessage.objects.filter(conversation=case.conversation).count() == before + 1
    started("medical_emergency", NIGHT)
    assert tell_unclaimed(NIGHT + timedelta(minutes=4)) == 1, "danger is told at any hour"


@pytest.mark.django_db(transaction=True)
def test_several_couriers_escalate_a_case_once(settings: object) -> None:
    with_telegram(settings)
    case = started("medical_emergency", FRIDAY)
    now = FRIDAY + timedelta(hours=1)
    start = threading.Barrier(4)
    counts: list[int] = []

    def run() -> None:
        start.wait()
        try:
            counts.append(escalate_late(now))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 1
    assert CaseEvent.objects.filter(case=case, kind="escalated").count() == 1
    assert InboundMessage.objects.filter(conversation=case.conversation).exists()
