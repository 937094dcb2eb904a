"""Searching parents' words: with and without marks, and never for who or where somebody is, but for
the one who holds the case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bot.counselling import masking
from bot.counselling.models import Case
from bot.counselling.services import claim_case, open_case, read_for_search
from bot.courier.edits import apply_edits
from bot.families.services import erase_family, export_family
from bot.messaging.models import InboundMessage, SearchText
from bot.messaging.retention import keep_promises
from bot.messaging.services import receive
from bot.staff.models import Team
from tests.counselling.desks import chat, counsellor, make_case, shown
from tests.counselling.family import all_is_read
from tests.counselling.supervised import signed_in

pytestmark = pytest.mark.django_db
TOLD = "bé nhà em tên Nguyễn Thị Hoa bị sốt, gọi em số 0912 345 678"


@pytest.fixture
def lan() -> User:
    return counsellor("lan")


@pytest.fixture
def desk(lan: User) -> Client:
    return signed_in(lan)


@pytest.fixture
def supervisor() -> Client:
    return signed_in(counsellor("chi", "supervisor"))


def read(case: Case) -> Case:
    """The courier has handled the case's messages, and what is due by the clock was done."""
    all_is_read()
    read_for_search(seconds=60)
    return case


def writes_again(case: Case, text: str, **more: Any) -> InboundMessage:
    conversation = case.conversation
    assert conversation is not None
    number = f"again-{InboundMessage.objects.count()}"
    row = receive(conversation.channel, conversation.address, external_id=number, text=text, **more)
    assert row is not None
    return row


@pytest.mark.parametrize("words", ["mẩn đỏ", "MẨN ĐỎ", "Mẩn  đỏ", "man do", "MAN DO", "Mẩn đỏ"])
def test_words_are_found_with_their_marks_or_without_any(desk: Client, words: str) -> None:
    wanted = read(make_case("chào", "Bé nhà em nổi\nMẩn đỏ ở má"))
    read(make_case("bé lười ăn"))
    assert shown(desk, q=words) == [wanted.pk]


def test_marks_that_were_typed_count(desk: Client) -> None:
    fever, slap = read(make_case("bé sốt rồi")), read(make_case("lột sột cả đêm"))
    assert shown(desk, q="sốt") == [fever.pk]
    assert shown(desk, q="sột") == [slap.pk]
    assert set(shown(desk, q="sot")) == {fever.pk, slap.pk}


def test_words_are_of_one_message(desk: Client) -> None:
    case = read(make_case("bé không", "ngủ được"))
    assert shown(desk, q="không ngủ") == []
    assert shown(desk, q="ngủ được") == [case.pk]


def test_signs_stand_for_themselves(desk: Client) -> None:
    case = read(make_case("tăng 5% so với tháng trước"))
    read(make_case("tăng 5 lạng so với tháng trước"))
    assert shown(desk, q="5% so") == [case.pk]
    assert shown(desk, q="_") == []


@pytest.mark.parametrize("words", ["Nguyễn Thị Hoa", "nguyen thi hoa", "thị hoa", "0912 345 678"])
def test_who_does_not_hold_a_case_never_finds_it_by_a_name_or_a_number(
    desk: Client, supervisor: Client, lan: User, words: str
) -> None:
    case = read(make_case(TOLD))
    assert shown(desk, q=words) == []
    assert shown(supervisor, q=words) == []
    claim_case(case, by=counsellor("minh"))
    assert shown(desk, q=words) == []
    assert shown(supervisor, q=words) == []
    assert shown(supervisor, q="bị sốt") == [case.pk], "the rest is found by anybody"


@pytest.mark.parametrize("words", ["Nguyễn Thị Hoa", "nguyen thi hoa", "0912 345 678", "bị sốt"])
def test_the_holder_finds_it_by_all_that_they_read(desk: Client, lan: User, words: str) -> None:
    case = read(make_case(TOLD))
    claim_case(case, by=lan)
    assert shown(desk, q=words) == [case.pk]


def test_what_stands_in_place_of_a_name_is_no_word_of_a_parent(desk: Client) -> None:
    read(make_case(TOLD))
    assert shown(desk, q="tên]") == []
    assert shown(desk, q="số điện thoại") == []


def test_nothing_is_found_before_it_is_masked(supervisor: Client) -> None:
    case = read(make_case("chào"))
    writes_again(case, TOLD)
    all_is_read()
    for words in ("thị hoa", "bị sốt"):
        assert shown(supervisor, q=words) == []


def test_what_is_written_later_is_found_once_it_is_read(supervisor: Client) -> None:
    case = read(make_case("chào"))
    writes_again(case, "bé bị sốt")
    assert shown(supervisor, q="bị sốt") == []
    read(case)
    assert shown(supervisor, q="bị sốt") == [case.pk]


def test_an_open_search_shows_what_can_be_found_meanwhile(supervisor: Client) -> None:
    live, query = reverse("counselling:queue_live"), {"q": "bị sốt"}
    case = make_case("bé bị sốt")
    all_is_read()
    before = supervisor.get(live, query)
    assert f"/console/{case.pk}/" not in before.content.decode()
    read(case)
    after = supervisor.get(live, query, headers={"If-None-Match": before["ETag"]})
    assert f"/console/{case.pk}/" in after.content.decode()


def test_nothing_is_done_where_nothing_was_written() -> None:
    read(make_case("bé bị sốt"))
    with CaptureQueriesContext(connection) as asked:
        assert read_for_search() == 0
    assert len(asked) == 1


def test_what_waits_to_be_handled_is_read_afterwards() -> None:
    make_case("bé bị sốt")
    assert read_for_search() == 0
    all_is_read()
    assert read_for_search() == 1


def test_a_family_without_a_case_leaves_no_words_for_a_search(supervisor: Client) -> None:
    conversation = chat("bé bị sốt")
    all_is_read()
    assert read_for_search() == 0
    case, _ = open_case(conversation, reason="asked")
    assert read_for_search() == 1
    assert shown(supervisor, q="bị sốt") == [case.pk]


def test_an_edit_is_found_and_what_it_replaced_is_not(desk: Client) -> None:
    case = make_case("chào")
    writes_again(case, "bé bị ho", detail={"message_id": 7})
    writes_again(case, "bé bị sốt", kind="edited", detail={"message_id": 7})
    apply_edits(list(InboundMessage.objects.filter(conversation=case.conversation)))
    read(case)
    assert shown(desk, q="bị sốt") == [case.pk]
    assert shown(desk, q="bị ho") == []


def test_a_message_that_was_handled_is_not_changed_by_an_edit() -> None:
    case = make_case("chào")
    first = writes_again(case, "bé bị ho", detail={"message_id": 7})
    edit = writes_again(case, "bé bị sốt", kind="edited", detail={"message_id": 7})
    InboundMessage.objects.filter(pk=first.pk).update(state="done")
    assert apply_edits([first, edit]) == [first, edit], "the edit is a message of its own"
    first.refresh_from_db()
    assert first.text == "bé bị ho"


def test_what_is_forgotten_by_the_calendar_is_not_found(desk: Client) -> None:
    case = make_case("bé bị sốt", "bé tên Nguyễn Thị Hoa")
    writes_again(case, "bé đỡ ho rồi")
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    read(case)
    long_ago = timezone.now() - timedelta(days=400)
    old = InboundMessage.objects.order_by("pk")[:2].values_list("pk", flat=True)
    InboundMessage.objects.filter(pk__in=list(old)).update(received_at=long_ago)
    keep_promises(set())
    assert not SearchText.objects.exists(), "gone in the same moment"
    read_for_search()
    assert shown(desk, scope="closed", q="bị sốt") == []
    assert shown(desk, scope="closed", q="đỡ ho") == [case.pk]


def test_a_search_looks_only_into_cases_that_the_account_may_see(desk: Client) -> None:
    read(make_case("bí mật riêng", team=Team.objects.create(name="đội khác")))
    assert SearchText.objects.filter(plain="bi mat rieng").exists()
    assert shown(desk, q="bí mật") == []


def test_what_is_erased_while_it_is_read_stays_erased() -> None:
    case = make_case("bé bị sốt")
    all_is_read()
    family = case.family
    assert family is not None

    def erased(text: str) -> str:
        erase_family(family)
        return text

    assert read_for_search(mask_with=erased) == 0
    assert not SearchText.objects.exists()


def test_what_is_forgotten_while_it_is_read_is_not_kept() -> None:
    case = make_case("bé bị sốt", "bé đỡ rồi")
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    all_is_read()
    InboundMessage.objects.filter(text="bé bị sốt").update(
        received_at=timezone.now() - timedelta(days=400)
    )

    def forgotten(text: str) -> str:
        keep_promises(set())
        return text

    assert read_for_search(mask_with=forgotten) == 0
    assert read_for_search() == 1
    assert SearchText.objects.get().plain == "be do roi"


def test_two_who_read_at_once_read_each_message_once() -> None:
    make_case("bé bị sốt")
    all_is_read()

    def read_by_another(text: str) -> str:
        read_for_search()
        return text

    assert read_for_search(mask_with=read_by_another) == 0
    assert SearchText.objects.get().plain == "be bi sot"


def test_one_text_that_cannot_be_read_leaves_the_others_to_be_found(desk: Client) -> None:
    other, stubborn = make_case("bé bị sốt"), make_case("không đọc được")
    all_is_read()

    def stumbles(text: str) -> str:
        if text == "không đọc được":
            raise ValueError
        return text

    assert read_for_search(seconds=60, mask_with=stumbles) == 1
    assert shown(desk, q="sốt") == [other.pk]
    assert shown(desk, q="không đọc") == []
    assert read_for_search() == 1
    assert shown(desk, q="không đọc") == [stubborn.pk]


def test_a_family_that_erases_its_data_leaves_nothing_to_search() -> None:
    case = read(make_case(TOLD))
    family = case.family
    assert family is not None
    assert SearchText.objects.get().own_plain
    erase_family(family)
    assert not SearchText.objects.exists()


def test_the_export_of_a_family_holds_what_it_wrote_and_no_copy_for_searching() -> None:
    case = read(make_case(TOLD))
    assert case.family is not None
    [told] = export_family(case.family)["conversations"]
    assert set(told) == {"channel", "since", "received", "sent"}
    assert [row["text"] for row in told["received"]] == [TOLD]


def test_what_an_older_mask_has_read_is_not_searched_until_it_is_read_anew(desk: Client) -> None:
    case = read(make_case("bé bị sốt"))
    SearchText.objects.update(masked_by="older", plain="nguyen thi hoa bi sot")
    assert shown(desk, q="bi sot") == []
    assert read_for_search() == 1
    assert shown(desk, q="bi sot") == [case.pk]
    assert shown(desk, q="nguyen") == []
    assert SearchText.objects.get().masked_by == masking.mask_version()
