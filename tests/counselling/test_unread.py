"""A case is not put away over words of the parent that its holder has not been shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.errors import ParentHasWritten
from bot.counselling.models import Case
from bot.counselling.services import (
    claim_case,
    close_case,
    forward_to_holder,
    note_shown,
    send_reply,
    snooze_case,
    touch_presence,
)
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.messaging.services import receive
from bot.staff.models import StaffProfile
from tests.counselling.desks import counsellor, make_case
from tests.counselling.people import with_telegram
from tests.counselling.supervised import signed_in
from tests.counselling.test_queue import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return counsellor("lan")


@pytest.fixture
def desk(lan: User) -> Client:
    return signed_in(lan)


@pytest.fixture
def case(lan: User) -> Case:
    """Held by Lan; the parent has written since."""
    case = make_case("chào")
    claim_case(case, by=lan)
    writes(case)
    return case


def writes(case: Case, text: str = "cô ơi", **more: object) -> InboundMessage:
    assert case.conversation is not None
    number = f"again-{InboundMessage.objects.count()}"
    row = receive(
        case.conversation.channel,
        case.conversation.address,
        external_id=number,
        text=text,
        **more,  # type: ignore[arg-type]
    )
    assert row is not None
    return row


def page_of(case: Case) -> str:
    return reverse("counselling:case", args=[case.pk])


def closes(desk: Client, case: Case) -> int:
    page = desk.post(reverse("counselling:close", args=[case.pk]), {"outcome": "answered"})
    return page.status_code


def test_who_has_not_been_shown_a_message_can_neither_close_nor_snooze(
    case: Case, lan: User
) -> None:
    with pytest.raises(ParentHasWritten):
        close_case(case, by=lan, outcome="answered")
    with pytest.raises(ParentHasWritten):
        snooze_case(case, by=lan, until=timezone.now() + timedelta(hours=2))
    touch_presence(case, by=lan, is_typing=False)
    with pytest.raises(ParentHasWritten):
        close_case(case, by=lan, outcome="answered")


def test_whoever_has_opened_the_page_since_can_close_it(desk: Client, case: Case) -> None:
    desk.get(page_of(case))
    assert closes(desk, case) == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_the_refusal_shows_the_message_and_after_it_the_case_is_closed(
    desk: Client, case: Case
) -> None:
    desk.get(page_of(case))
    writes(case, "bé lại sốt rồi")
    page = desk.post(
        reverse("counselling:close", args=[case.pk]), {"outcome": "answered", "summary": "đã ổn"}
    )
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Ba mẹ vừa nhắn thêm" in shown
    assert "bé lại sốt rồi" in shown
    assert "đã ổn" in shown, "nothing has to be typed again"
    assert closes(desk, case) == 302


def test_the_live_page_shows_it_too(desk: Client, case: Case) -> None:
    desk.get(reverse("counselling:case_live", args=[case.pk]))
    assert closes(desk, case) == 302


def test_a_page_that_is_only_asked_after_shows_nothing(desk: Client, case: Case) -> None:
    desk.head(page_of(case))
    assert closes(desk, case) == 409


def test_what_a_colleague_was_shown_does_not_count(case: Case, lan: User) -> None:
    signed_in(counsellor("minh")).get(page_of(case))
    with pytest.raises(ParentHasWritten):
        close_case(case, by=lan, outcome="answered")


def test_what_was_answered_since_was_read(case: Case, lan: User) -> None:
    send_reply(case, "Em đây ạ", by=lan, key="k1")
    close_case(case, by=lan, outcome="answered")
    assert case.state == "closed"


def test_what_was_forwarded_to_the_holders_own_chat_was_shown(
    case: Case, lan: User, settings: Any
) -> None:
    with_telegram(settings)
    StaffProfile.objects.update_or_create(user=lan, defaults={"telegram_chat": "701"})
    row = InboundMessage.objects.filter(conversation=case.conversation).latest("pk")
    forward = forward_to_holder(case, row)
    assert forward is not None
    with pytest.raises(ParentHasWritten):
        close_case(case, by=lan, outcome="answered")
    OutboundMessage.objects.filter(pk=forward.pk).update(state="sent")
    close_case(case, by=lan, outcome="answered")
    assert case.state == "closed"


def test_a_button_is_no_word_to_the_counsellor(lan: User) -> None:
    case = make_case("chào")
    claim_case(case, by=lan)
    writes(case, "", kind="button", detail={"token": "x"})
    close_case(case, by=lan, outcome="answered")
    assert case.state == "closed"


def test_among_many_the_case_with_unread_words_is_named(
    desk: Client, case: Case, lan: User
) -> None:
    other = make_case()
    claim_case(other, by=lan)
    page = bulk(desk, "close", [case, other], outcome="answered")
    assert f"Không làm được 1 ca: ca {case.pk} (Ba mẹ vừa nhắn thêm" in page
    other.refresh_from_db()
    assert other.state == "closed"


def test_what_was_shown_is_never_taken_back(case: Case, lan: User) -> None:
    row = writes(case)
    note_shown(case, row.pk, by=lan)
    note_shown(case, row.pk - 1, by=lan)
    close_case(case, by=lan, outcome="answered")
    assert case.state == "closed"
