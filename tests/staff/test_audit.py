"""The audit trail: complete, searchable, kept, and closed to change."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.services import claim_case, release_case
from bot.families.services import erase_family
from bot.staff.accounts import add_staff
from bot.staff.audit import record
from bot.staff.models import AuditEvent, Role
from tests.site.addresses import World, client_of, make_world
from tests.staff.people import PASSWORD, audited, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/nhat-ky/"


@pytest.fixture
def world() -> World:
    cache.clear()
    return make_world()


@pytest.fixture
def auditor(world: World) -> Client:
    return client_of(world, Role.AUDITOR)


def test_what_is_done_with_a_case_is_in_the_trail_with_who_and_from_where(world: World) -> None:
    lan = client_of(world, Role.COUNSELLOR)
    where = {"HTTP_USER_AGENT": "Điện thoại của Lan", "REMOTE_ADDR": "10.9.8.7"}
    pages = {
        "claim": {},
        "note": {"text": "gọi lại"},
        "reply": {"text": "chào chị", "key": "a" * 24},
    }
    for name, given in pages.items():
        lan.post(reverse(f"counselling:{name}", args=[world.case.pk]), given, **where)
    done = AuditEvent.objects.filter(case_number=world.case.pk, device="Điện thoại của Lan")
    assert [(row.action, row.detail["kind"]) for row in done.order_by("pk")] == [
        ("case_changed", "claimed"),
        ("noted", "noted"),
        ("replied", "replied"),
    ]
    assert {(row.actor_name, row.address) for row in done} == {("counsellor-1", "10.9.8.7")}
    assert "gọi lại" not in str(list(done.values())), "no words"


def test_what_the_command_line_does_comes_from_nowhere(world: World) -> None:
    client_of(world, Role.COUNSELLOR).get("/console/")
    record(AuditEvent.Action.EXPORTED, what="x")
    assert (audited("exported")[0].address, audited("exported")[0].device) == (None, "")


def test_a_look_at_a_case_is_one_row_a_person_and_ten_minutes(world: World) -> None:
    page, live = (
        reverse(f"counselling:{name}", args=[world.case.pk]) for name in ("case", "case_live")
    )
    for role in (Role.COUNSELLOR, Role.SUPERVISOR):
        client = client_of(world, role)
        for address in (page, live, page):
            assert client.get(address).status_code == 200
    assert [row.actor_name for row in audited("case_seen")] == ["counsellor-1", "supervisor-1"]
    cache.clear()
    client_of(world, Role.COUNSELLOR).get(page)
    assert len(audited("case_seen")) == 2, "another process remembers too"


def test_the_live_twin_of_a_page_is_no_way_around_the_trail(world: World) -> None:
    client_of(world, Role.COUNSELLOR).get(reverse("counselling:case_live", args=[world.case.pk]))
    assert len(audited("case_seen")) == 1


def test_a_file_that_was_opened_is_in_the_trail(world: World) -> None:
    client_of(world, Role.COUNSELLOR).get(world.url("counselling:file"))
    assert audited("file_seen")[0].case_number == world.case.pk


def test_signing_in_and_out_is_in_the_trail(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    sign_in(client, "lan")
    client.post(reverse("logout"))
    assert [row.actor_name for row in (*audited("signed_in"), *audited("signed_out"))] == [
        "lan"
    ] * 2


def test_the_trail_is_searched_by_person_action_case_and_day(world: World, auditor: Client) -> None:
    claim_case(world.case, by=world.people[Role.COUNSELLOR])
    release_case(world.case, by=world.people[Role.COUNSELLOR])
    today = timezone.localdate().isoformat()

    def found(**asked: object) -> int:
        return auditor.get(PAGE, asked).context["page"].paginator.count

    assert found(who="counsellor-1", action="case_changed") == 2
    assert found(case=world.case.pk, since=today, until=today) == 3, "with its note"
    assert found(case=world.case.pk + 1) == 0
    assert found(who="counsellor-1", until="2020-01-01") == 0
    assert found(who="x' OR 1=1 --") == 0


def test_a_long_trail_is_read_page_by_page_and_the_search_stays(
    world: World, auditor: Client
) -> None:
    for number in range(60):
        record(AuditEvent.Action.CASE_SEEN, actor=world.people[Role.ADMIN], case_number=number)
    first = auditor.get(PAGE, {"action": "case_seen"})
    assert "?action=case_seen&amp;page=2" in first.content.decode()
    assert len(auditor.get(PAGE, {"action": "case_seen", "page": "2"}).context["rows"]) == 10


def test_the_trail_can_be_taken_out_and_that_is_in_it(world: World, auditor: Client) -> None:
    claim_case(world.case, by=world.people[Role.COUNSELLOR])
    asked = {"who": "counsellor-1", "action": "case_changed"}
    rows = list(csv.reader(io.StringIO(b"".join(auditor.post(f"{PAGE}xuat.csv", asked)).decode())))
    assert [row[1:4] for row in rows] == [
        ["who", "action", "case"],
        ["counsellor-1", "case_changed", str(world.case.pk)],
    ]
    taken = audited("exported")[0]
    assert (taken.actor_name, taken.detail["rows"]) == ("auditor-1", 1)
    assert taken.detail["asked_who"] == "counsellor-1"


def test_the_trail_stays_when_a_family_erases_its_data(world: World) -> None:
    claim_case(world.case, by=world.people[Role.COUNSELLOR])
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    erase_family(world.case.family)
    after = AuditEvent.objects.filter(case_number=world.case.pk)
    assert before <= set(AuditEvent.objects.values_list("pk", flat=True))
    assert after.filter(action="erased", actor=None).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_auditevent SET action = 'signed_in'",
        "UPDATE staff_auditevent SET actor_name = 'ai-do'",
        "UPDATE staff_auditevent SET at = NULL",
        "UPDATE staff_auditevent SET actor_id = (SELECT min(id) FROM auth_user)",
        "UPDATE staff_auditevent SET case_number = 1, actor_id = NULL",
        "DELETE FROM staff_auditevent",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(world: World, statement: str) -> None:
    record(AuditEvent.Action.EXPORTED, actor=world.people[Role.ADMIN])
    before = list(AuditEvent.objects.values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(AuditEvent.objects.values()) == before


def test_an_account_may_go_and_what_it_did_stays_readable(world: World) -> None:
    gone = User.objects.create(username="nguoi-cu")
    record(AuditEvent.Action.EXPORTED, actor=gone)
    gone.delete()
    row = audited("exported")[0]
    assert (row.actor, row.actor_name) == (None, "nguoi-cu")


@pytest.mark.django_db(transaction=True)
def test_two_tests_with_real_transactions_do_not_see_each_others_trail() -> None:
    """The guards are on again after a test that emptied its tables."""
    assert AuditEvent.objects.count() == 0
    record(AuditEvent.Action.EXPORTED)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM staff_auditevent")
