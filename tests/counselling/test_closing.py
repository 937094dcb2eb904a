"""After the talk: how it was, how the parent feels, how to go on, and being asked once how things
are.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from bot.counselling.errors import NotAssignee
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services import (
    ask_follow_ups,
    claim_case,
    close_case,
    open_case,
    reopen_case,
)
from bot.counselling.worklist import rows_of
from bot.courier.batch import BatchHandler
from bot.families.services import erase_family
from bot.messaging.models import Button, Channel
from bot.messaging.services import receive
from tests.counselling.family import all_is_read, presses, says, staff, texts

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 12, 10, 12, tzinfo=HANOI)


def close(case: Case, by: User, **more: object) -> None:
    case.refresh_from_db()
    close_case(case, by=by, outcome="answered", **more)  # type: ignore[arg-type]
    all_is_read()


def moved_back(case: Case, hours: float) -> None:
    """As if the case had been closed that long ago."""
    ago = timedelta(hours=hours)
    case.refresh_from_db()
    assert case.closed_at is not None
    Case.objects.filter(pk=case.pk).update(closed_at=case.closed_at - ago)
    for button in Button.objects.all():
        Button.objects.filter(pk=button.pk).update(issued_at=button.issued_at - ago)


def test_a_parent_rates_the_talk_and_says_how_they_felt_with_three_taps(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan, summary="lo về ngủ")
    assert "72 giờ" in texts()[-2]
    assert "giúp anh/chị được nhiều không" in texts()[-1]
    presses(handler, "5")
    assert "Lúc bắt đầu" in texts()[-1]
    presses(handler, "😣")
    assert "bây giờ" in texts()[-1]
    presses(handler, "🙂")
    case.refresh_from_db()
    assert (case.rating, case.feeling_before, case.feeling_after) == (5, 1, 4)
    assert (case.state, case.summary) == ("closed", "lo về ngủ")


def test_the_first_tap_counts(handler: BatchHandler, case: Case, lan: User) -> None:
    close(case, lan)
    presses(handler, "4")
    presses(handler, "1")
    case.refresh_from_db()
    assert case.rating == 4
    assert "đã trả lời rồi" in texts()[-1]
    assert CaseEvent.objects.filter(case=case, kind="rated").count() == 1


def test_a_low_rating_is_in_the_history_and_offers_the_counsellor_again(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    presses(handler, "2")
    event = CaseEvent.objects.get(case=case, kind="rated")
    assert event.detail == {"what": "rating", "value": 2, "is_low": True}
    presses(handler, "Nói tiếp với tư vấn viên")
    case.refresh_from_db()
    assert (case.state, case.times_reopened, case.rating) == ("waiting", 1, 2)
    assert case.priority == "high", "who was helped badly does not wait as long again"
    assert CaseEvent.objects.get(case=case, kind="reopened").detail["why"] == "low_rating"


def test_going_on_within_72_hours_opens_the_same_case_for_the_same_counsellor(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    moved_back(case, 71)
    presses(handler, "Nói tiếp với tư vấn viên")
    case.refresh_from_db()
    assert (case.state, case.assignee, case.closed_at) == ("waiting", lan, None)
    assert f"vẫn số {case.pk}" in texts()[-1]
    assert Case.objects.count() == 1
    claim_case(case, by=lan)
    close(case, lan)
    presses(handler, "3")
    case.refresh_from_db()
    assert (case.rating, case.state) == (3, "closed"), "each closing is asked of anew"


def test_the_command_for_a_person_opens_the_closed_case_again_without_rasa(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    handler.handle(says("/tuvanvien", "m5").conversation)
    case.refresh_from_db()
    assert (case.state, case.times_reopened) == ("waiting", 1)
    assert f"vẫn số {case.pk}" in texts()[-1]


def test_after_72_hours_the_button_only_offers_a_new_talk(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    moved_back(case, 73)
    presses(handler, "Nói tiếp với tư vấn viên")
    case.refresh_from_db()
    assert case.state == "closed"
    assert "kết thúc đã lâu" in texts()[-1]
    again, is_new = open_case(case.conversation, reason="asked")  # type: ignore[arg-type]
    assert (is_new, again.pk != case.pk) == (True, True)


def test_danger_within_72_hours_opens_the_same_case_as_urgent(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    handler.handle(says("be 8 thang sot 39 co giat", "m6").conversation)
    case.refresh_from_db()
    assert (case.state, case.priority, case.reason) == ("waiting", "urgent", "medical_emergency")
    assert Case.objects.count() == 1
    assert any("nằm nghiêng" in text for text in texts())


def test_a_case_is_not_opened_again_while_another_one_is_open(case: Case, lan: User) -> None:
    close(case, lan)
    moved_back(case, 100)
    open_case(case.conversation, reason="asked")  # type: ignore[arg-type]
    assert not reopen_case(case, why="asked")
    case.refresh_from_db()
    assert case.state == "closed"


def test_an_opened_again_case_waits_since_it_was_opened_again(case: Case, lan: User) -> None:
    Case.objects.filter(pk=case.pk).update(opened_at=NOON - timedelta(days=3))
    close(case, lan)
    assert reopen_case(case, why="asked")
    case.refresh_from_db()
    assert [row.waiting_since for row in rows_of(lan, [case.pk])] == [case.reopened_at]


def test_a_case_opened_by_mistake_is_not_asked_about(case: Case, lan: User) -> None:
    close_case(case, by=lan, outcome="mistake")
    assert not any("giúp anh/chị được nhiều không" in text for text in texts())


def test_only_the_holder_closes(case: Case) -> None:
    with pytest.raises(NotAssignee):
        close_case(case, by=staff("minh"), outcome="answered")


def test_on_the_day_the_parent_is_asked_once_and_by_day(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan, follow_up_on=NOON.date())
    assert ask_follow_ups(NOON - timedelta(days=1)) == 0
    assert ask_follow_ups(NOON.replace(hour=5)) == 0, "nobody is woken"
    assert ask_follow_ups(NOON.astimezone(timezone.utc)) == 1
    assert ask_follow_ups(NOON) == 0
    assert "Bé thế nào rồi" in texts()[-1]
    presses(handler, "Ổn rồi")
    assert "Mừng quá" in texts()[-1]
    case.refresh_from_db()
    assert case.state == "closed"
    answers = CaseEvent.objects.filter(case=case, kind="followed_up", detail__has_key="is_well")
    assert [event.detail["is_well"] for event in answers] == [True]


def test_who_is_not_well_goes_on_with_the_counsellor_though_72_hours_have_passed(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan, follow_up_on=NOON.date())
    moved_back(case, 24 * 9)
    assert ask_follow_ups(NOON) == 1
    presses(handler, "Chưa ổn, cần nói tiếp")
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("waiting", lan)


def test_who_wants_no_messages_is_not_asked(case: Case, lan: User) -> None:
    close(case, lan, follow_up_on=NOON.date())
    assert case.family is not None
    case.family.wants_messages = False
    case.family.save()
    assert ask_follow_ups(NOON) == 0


def test_an_erased_family_is_asked_nothing_and_its_case_stays_closed(case: Case, lan: User) -> None:
    close(case, lan, follow_up_on=NOON.date())
    assert case.family is not None
    erase_family(case.family)
    assert ask_follow_ups(NOON) == 0
    case.refresh_from_db()
    assert not reopen_case(case, why="asked")


def test_a_button_about_a_case_does_nothing_in_another_chat(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    close(case, lan)
    other = says("chào", "s1", "other").conversation
    all_is_read()
    token = Button.objects.get(title="5").token
    row = receive(
        Channel.WEBCHAT, "other", external_id="s2", kind="button", detail={"token": token}
    )
    assert row is not None
    handler.handle(other)
    case.refresh_from_db()
    assert case.rating is None
