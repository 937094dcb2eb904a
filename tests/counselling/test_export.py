"""Sheets of cases: nothing personal, no formula, and every one is recorded."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bot.counselling.models import Case
from bot.families.models import Child, Family
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.staff.models import AuditEvent, Team
from tests.counselling.supervised import make_case, make_staff, minutes, signed_in

pytestmark = pytest.mark.django_db
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "\n=1")


@pytest.fixture
def supervisor() -> User:
    return make_staff("giam-sat", "supervisor")


@pytest.fixture
def told() -> Case:
    """A case in which everything personal is told that can be."""
    family = Family.objects.create()
    Child.objects.create(family=family, nickname="Bé Bống Bang")
    chat = Conversation.objects.create(
        channel=Channel.TELEGRAM, address="7788990011", family=family
    )
    words = InboundMessage.objects.create(conversation=chat, external_id="1", text="em tên Hoa Mai")
    case = make_case(
        timezone.now() - minutes(60),
        family=family,
        conversation=chat,
        raised_by=words,
        summary="Chị Nguyễn Thị Hoa, số 0912345678, đã yên tâm hơn.",
        child_age_months=8,
        province="Huế",
        first_response_at=timezone.now(),
    )
    case.notes.create(author=make_staff("lan", "counsellor"), text="ghi chú riêng của Lan")
    return case


def export(user: User, **values: Any) -> Any:
    return signed_in(user).post(reverse("counselling:export"), {"kind": "xlsx", **values})


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_sheet_tells_the_case_and_nothing_of_the_person(supervisor: User, told: Case) -> None:
    heading, row = cells_of(export(supervisor).content)
    shown = dict(zip(heading, row, strict=True))
    assert shown["ca"] == told.pk
    assert shown["lý do"] == "xin gặp tư vấn viên"
    assert shown["tuổi bé (tháng)"] == "3–11 tháng"
    assert shown["tỉnh, thành phố"] == "Huế"
    everything = export(supervisor, kind="csv").content.decode() + str(row)
    for word in ("Hoa", "0912345678", "Bống", "7788990011", "ghi chú riêng", "yên tâm"):
        assert word not in everything


def test_a_summary_comes_only_when_asked_for_and_masked(supervisor: User, told: Case) -> None:
    row = cells_of(export(supervisor, with_summary="on").content)[1]
    assert "yên tâm hơn" in row[-1]
    assert "0912345678" not in row[-1]
    assert "Nguyễn Thị Hoa" not in row[-1]


def test_every_sheet_is_in_the_audit_trail(supervisor: User, told: Case) -> None:
    export(supervisor)
    export(supervisor, kind="csv", with_summary="on")
    later, first = AuditEvent.objects.filter(action="exported").order_by("-pk")
    assert (first.actor, first.detail["rows"], first.detail["with_summary"]) == (
        supervisor,
        1,
        False,
    )
    assert (later.detail["kind"], later.detail["with_summary"]) == ("csv", True)


def test_opening_the_form_records_nothing_and_gives_no_file(supervisor: User) -> None:
    answer = signed_in(supervisor).get(reverse("counselling:export"))
    assert answer.status_code == 200
    assert "Content-Disposition" not in answer
    assert not AuditEvent.objects.filter(action="exported").exists()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_is_a_formula(hostile: str, supervisor: User) -> None:
    make_case(timezone.now(), province=hostile)
    heading, row = cells_of(export(supervisor).content)
    place = heading.index("tỉnh, thành phố")
    assert row[place].startswith("'")
    assert lines_of(export(supervisor, kind="csv").content)[1][place].startswith("'")
    book = load_workbook(io.BytesIO(export(supervisor).content))
    assert book.active.cell(2, place + 1).data_type == "s"


def test_a_character_that_no_sheet_can_hold_is_left_out(supervisor: User) -> None:
    make_case(timezone.now(), province="Hu\x00ế\x0b")
    assert "Huế" in cells_of(export(supervisor).content)[1]


def test_a_team_another_looks_after_is_not_in_the_sheet() -> None:
    mine, others = Team.objects.create(name="một"), Team.objects.create(name="hai")
    seen = make_case(timezone.now(), team=mine)
    make_case(timezone.now(), team=others)
    own = make_staff("cua-doi", "supervisor", mine)
    for values in ({}, {"team": others.pk}):
        assert [row[0] for row in cells_of(export(own, **values).content)[1:]] == [seen.pk]


def test_only_the_states_that_were_asked_for_are_there(supervisor: User) -> None:
    still = make_case(timezone.now())
    ended = make_case(timezone.now(), state="closed", closed_at=timezone.now())
    rows = {
        state: cells_of(export(supervisor, state=state).content)[1:] for state in ("open", "closed")
    }
    assert [row[0] for row in rows["open"]] == [still.pk]
    assert [row[0] for row in rows["closed"]] == [ended.pk]


def test_a_wrong_form_gives_no_file(supervisor: User) -> None:
    answer = export(supervisor, kind="exe")
    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(action="exported").exists()
