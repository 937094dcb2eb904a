"""A parent is sent to a place that helps: the card, the question on the day, what became of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.errors import NoSuchKind, NotAssignee
from bot.counselling.models import Case, CaseEvent, Referral, Service
from bot.counselling.services import (
    ask_follow_ups,
    claim_case,
    close_case,
    open_case,
    refer,
    send_reply,
    snooze_case,
)
from bot.counselling.services.referring import know_outcome
from bot.courier.batch import BatchHandler
from bot.families.services import erase_family
from bot.messaging.models import OutboundMessage
from tests.counselling.family import all_is_read, presses, says, staff, texts

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def place() -> Service:
    return Service.objects.create(
        kind="can-thiep-som",
        name="Phòng Tập Nói Hoa Sen",
        province="Huế",
        address="Nhà số 1 đường ví dụ",
        hours="Thứ hai đến thứ sáu",
        source="tổ chức tự điền",
        checked_on=timezone.localdate(),
    )


def test_the_parent_gets_a_card_with_where_when_and_what_to_bring(
    case: Case, lan: User, place: Service
) -> None:
    refer(case, by=lan, kind=place.kind, service=place, when="sáng thứ ba")
    card = OutboundMessage.objects.order_by("pk").last()
    assert card is not None
    assert (card.author, card.staff) == ("counsellor", lan)
    for part in ("Phòng Tập Nói Hoa Sen", "Nhà số 1 đường ví dụ, Huế", "sáng thứ ba", "sổ khám"):
        assert part in card.text
    case.refresh_from_db()
    assert case.first_response_at is not None
    assert CaseEvent.objects.filter(case=case, kind="referred").count() == 1


def test_the_same_referral_twice_sends_one_card(case: Case, lan: User) -> None:
    for _ in range(2):
        refer(case, by=lan, kind="tram-y-te", where="trạm y tế phường")
    assert Referral.objects.count() == 1
    assert sum("Nơi có thể giúp" in text for text in texts()) == 1


def test_a_kind_without_a_place_needs_no_address(case: Case, lan: User) -> None:
    refer(case, by=lan, kind="bao-ve-tre-em-xa")
    assert "Ở đâu" not in texts()[-1]
    assert "113" in texts()[-1] or "111" in texts()[-1]


def test_only_the_holder_refers_and_only_to_a_known_kind(case: Case, lan: User) -> None:
    minh = staff("minh")
    with pytest.raises(NotAssignee):
        refer(case, by=minh, kind="tram-y-te")
    with pytest.raises(NoSuchKind):
        refer(case, by=lan, kind="thay-lang")
    assert not Referral.objects.exists()


def test_on_the_day_the_parent_is_asked_once_whether_they_reached_it(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    refer(case, by=lan, kind="tram-y-te", follow_up_on=NOON.date())
    close_case(case, by=lan, outcome="referred", follow_up_on=NOON.date())
    assert ask_follow_ups(NOON - timedelta(days=1)) == 0
    assert ask_follow_ups(NOON) == 1, "one question, not two"
    assert "đã đến được chưa" in texts()[-1]
    all_is_read()
    presses(handler, "Đã đến")
    referral = Referral.objects.get()
    assert (referral.outcome, referral.outcome_at is not None) == ("reached", True)
    presses(handler, "Chưa đến")
    referral.refresh_from_db()
    assert referral.outcome == "reached", "the first answer counts"


def test_who_has_not_gone_is_before_the_counsellor_again(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    all_is_read()
    refer(case, by=lan, kind="tram-y-te", follow_up_on=NOON.date())
    send_reply(case, "chị đi nhé", by=lan, key="k1")
    assert ask_follow_ups(NOON) == 1
    presses(handler, "Chưa đến")
    case.refresh_from_db()
    assert case.state == "claimed"
    assert Referral.objects.get().outcome == "not_yet"
    assert CaseEvent.objects.get(case=case, kind="referral_known").detail["outcome"] == "not_yet"


def test_a_resting_case_that_is_before_the_counsellor_again_has_its_clock_again(
    case: Case, lan: User
) -> None:
    referral = refer(case, by=lan, kind="tram-y-te")
    due = case.resolution_due_at
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=30))
    assert know_outcome(referral, "not_yet")
    case.refresh_from_db()
    assert (case.state, case.snoozed_until) == ("claimed", None)
    assert due is not None
    assert case.resolution_due_at is not None
    assert abs(case.resolution_due_at - due) < timedelta(minutes=1)


def test_after_a_closed_case_who_was_not_helped_is_offered_the_counsellor(
    handler: BatchHandler, case: Case, lan: User
) -> None:
    all_is_read()
    refer(case, by=lan, kind="tram-y-te", follow_up_on=NOON.date())
    close_case(case, by=lan, outcome="referred")
    assert ask_follow_ups(NOON) == 1
    presses(handler, "Đến mà không được giúp")
    assert "Đó không phải lỗi của anh/chị" in texts()[-2]
    presses(handler, "Nói tiếp với tư vấn viên")
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("waiting", lan)


def test_erasing_takes_the_place_out_of_the_referral(case: Case, lan: User) -> None:
    refer(case, by=lan, kind="nha-tam-lanh", where="nhà chị Ba", follow_up_on=NOON.date())
    assert case.family is not None
    erase_family(case.family)
    referral = Referral.objects.get()
    assert (referral.where, referral.kind) == ("", "nha-tam-lanh")
    assert ask_follow_ups(NOON) == 0


def test_the_form_in_the_console_writes_the_card_and_refuses_a_day_that_is_over(
    case: Case, lan: User, place: Service, client: Client
) -> None:
    client.force_login(lan)
    url = reverse("counselling:referral", args=[case.pk])
    assert "Phòng Tập Nói Hoa Sen" in client.get(url).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    wrong = client.post(url, {"kind": "tram-y-te", "follow_up_on": f"{yesterday:%Y-%m-%d}"})
    assert wrong.status_code == 422
    assert not Referral.objects.exists()
    day = timezone.localdate() + timedelta(days=7)
    done = client.post(url, {"service": place.pk, "follow_up_on": f"{day:%Y-%m-%d}"})
    assert done.status_code == 302
    assert (Referral.objects.get().kind, Referral.objects.get().follow_up_on) == (place.kind, day)
    page = client.get(reverse("counselling:case", args=[case.pk])).content.decode()
    assert "Phòng Tập Nói Hoa Sen" in page
    assert "chưa biết" in page


def test_nobody_refers_for_a_case_they_do_not_hold(case: Case, lan: User, client: Client) -> None:
    close_case(case, by=lan, outcome="answered")
    again, _ = open_case(says("xin gặp người", "m9").conversation, reason="asked")
    other = staff("minh")
    claim_case(again, by=lan)
    client.force_login(other)
    url = reverse("counselling:referral", args=[again.pk])
    assert client.post(url, {"kind": "tram-y-te"}).status_code == 409
    assert not Referral.objects.exists()
