"""Two at one case: each sees what the other types while it is typed, and nobody else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.counselling.models import Case, Draft
from bot.counselling.services import claim_case, save_draft, send_reply, touch_presence
from bot.messaging.models import OutboundMessage
from bot.staff.models import Role, Team
from tests.counselling.desks import counsellor, make_case

pytestmark = pytest.mark.django_db
PHONE = "0912 345 678"
TYPED = f"Chị Nguyễn Thị Hoa, số {PHONE}, <b>nằm nghiêng</b>"


@pytest.fixture
def lan() -> User:
    return counsellor("lan")


@pytest.fixture
def minh() -> User:
    return counsellor("minh")


@pytest.fixture
def case(lan: User) -> Case:
    """Lan's."""
    made = make_case("bé sốt")
    claim_case(made, by=lan)
    return made


def types(case: Case, text: str, *, by: User) -> None:
    touch_presence(case, by=by, is_typing=True)
    save_draft(case, text, by=by)


def looks(user: User, case: Case) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("counselling:case_live", args=[case.pk]))


def seen(user: User, case: Case) -> str:
    """What of others' typing stands on the page."""
    page: str = looks(user, case).content.decode()
    return page.partition('data-part="typing"')[2].partition("data-part=")[0]


def test_who_holds_the_case_sees_what_a_colleague_types_word_for_word(
    case: Case, lan: User, minh: User
) -> None:
    types(case, TYPED, by=minh)
    shown = seen(lan, case)
    assert "minh đang gõ" in shown
    assert f"số {PHONE}, &lt;b&gt;nằm nghiêng&lt;/b&gt;" in shown
    assert "nằm nghiêng" not in seen(minh, case), "one's own stands in the box"


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.ADMIN])
def test_anybody_else_sees_it_masked_as_the_case_is(case: Case, lan: User, role: str) -> None:
    types(case, TYPED, by=lan)
    shown = seen(counsellor("mai", role), case)
    assert "nằm nghiêng" in shown
    assert "Hoa" not in shown
    assert "0912" not in shown


def test_who_looks_behind_the_mask_sees_it_too(case: Case, lan: User) -> None:
    types(case, TYPED, by=lan)
    client = Client()
    client.force_login(counsellor("mai", Role.SUPERVISOR))
    client.post(reverse("counselling:unmask", args=[case.pk]))
    page = client.get(reverse("counselling:case_live", args=[case.pk])).content.decode()
    assert f"số {PHONE}" in page


@pytest.mark.parametrize("half", ["số 0912", "số 0912 345", "số 0912.345.67", "số 0912-3456"])
def test_a_number_that_is_half_typed_is_not_shown_to_who_may_not_see_the_whole(
    case: Case, lan: User, minh: User, half: str
) -> None:
    types(case, f"Chị gọi {half}", by=lan)
    shown = seen(minh, case)
    assert "Chị gọi số …" in shown
    assert "0912" not in shown


def test_of_a_long_text_the_end_is_read_along(case: Case, lan: User, minh: User) -> None:
    types(case, f"đầu thư {'dài ' * 80} cuối thư", by=minh)
    shown = seen(lan, case)
    assert "cuối thư" in shown
    assert "đầu thư" not in shown
    assert "… dài" in shown


def test_small_numbers_are_shown_as_they_are_typed(case: Case, lan: User, minh: User) -> None:
    types(case, "Bé sốt 39", by=lan)
    assert "Bé sốt 39" in seen(minh, case)


def test_it_goes_when_it_is_sent_emptied_left_alone_or_its_writer_is_gone(
    case: Case, lan: User, minh: User
) -> None:
    def write() -> Draft:
        types(case, "em chào chị", by=lan)
        assert "em chào chị" in seen(minh, case)
        return Draft.objects.get()

    write()
    send_reply(case, "em chào chị", by=lan, key="ab" * 12)
    assert "em chào chị" not in seen(minh, case)
    write()
    save_draft(case, "", by=lan)
    assert "em chào chị" not in seen(minh, case)
    draft = write()
    Draft.objects.filter(pk=draft.pk).update(saved_at=draft.saved_at - timedelta(seconds=31))
    assert "em chào chị" not in seen(minh, case)
    write()
    case.presences.filter(user=lan).delete()
    assert "em chào chị" not in seen(minh, case)


def test_every_change_of_it_is_news_to_the_page(case: Case, lan: User, minh: User) -> None:
    versions = set()
    for text in ("em", "em chào", "em chào chị", ""):
        types(case, text, by=lan)
        versions.add(looks(minh, case)["ETag"])
    assert len(versions) == 4


def test_nobody_who_may_not_see_the_case_sees_it_and_the_parent_never_does(
    case: Case, lan: User
) -> None:
    Case.objects.filter(pk=case.pk).update(team=Team.objects.create(name="Đội Bắc"))
    types(case, "chưa nói với chị", by=lan)
    assert looks(counsellor("xa"), case).status_code == 404
    assert looks(counsellor("soan", Role.TRAINER), case).status_code == 403
    assert not OutboundMessage.objects.filter(text__contains="chưa nói với chị").exists()


def test_who_types_beside_a_colleague_is_told_that_it_is_seen(
    case: Case, lan: User, minh: User
) -> None:
    told = "thấy điều anh/chị gõ"
    assert told not in seen(lan, case)
    touch_presence(case, by=minh, is_typing=False)
    assert told in seen(lan, case)
