"""Who does not hold a case reads it without names and numbers; looking behind is recorded."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bot.counselling.models import Case, CaseNote
from bot.counselling.services import claim_case, release_case
from bot.counselling.services.searching import read_for_search
from bot.messaging.models import InboundMessage
from bot.messaging.services import queue_reply
from bot.staff.models import Role
from tests.site.addresses import World, client_of, make_person, make_world
from tests.staff.people import audited

pytestmark = pytest.mark.django_db
PHONE, NAME = "0912345678", "Nguyễn Thị Lan"
TEXT = f"Em là {NAME}, số {PHONE}, bé sốt"


@pytest.fixture
def world() -> World:
    cache.clear()
    made = make_world(TEXT, canned="Chào chị.")
    claim_case(made.case, by=made.people[Role.COUNSELLOR])
    return made


def read(world: World, role: str, name: str = "case") -> str:
    client = client_of(world, role)
    answer = client.get(reverse(f"counselling:{name}", args=[world.case.pk]))
    return answer.content.decode().split('aria-label="Ghi chú')[0]


def test_the_holder_reads_what_the_parent_wrote(world: World) -> None:
    page = read(world, Role.COUNSELLOR)
    assert TEXT in page
    assert "Hiện chữ đã che" not in page


@pytest.mark.parametrize("name", ["case", "case_live"])
@pytest.mark.parametrize("role", ["colleague", Role.SUPERVISOR, Role.ADMIN])
def test_anybody_else_reads_it_masked(world: World, role: str, name: str) -> None:
    world.people["colleague"] = make_person("minh", Role.COUNSELLOR)
    for _ in range(2):
        page = read(world, role, name)
        assert "bé sốt" in page
        assert NAME not in page
        assert PHONE not in page


def test_a_case_that_nobody_holds_is_masked_for_all(world: World) -> None:
    release_case(world.case, by=world.people[Role.COUNSELLOR])
    assert PHONE not in read(world, Role.COUNSELLOR)


def test_an_edited_message_is_masked_anew(world: World) -> None:
    assert PHONE not in read(world, Role.ADMIN)
    InboundMessage.objects.filter(text=TEXT).update(text="số mới 0987654321")
    assert "0987654321" not in read(world, Role.ADMIN)


def test_a_shared_contact_and_the_words_of_an_alert_are_masked_too(world: World) -> None:
    conversation = world.case.conversation
    InboundMessage.objects.create(
        conversation=conversation,
        external_id="c",
        kind="contact",
        detail={"name": NAME, "phone": PHONE},
        alert={"label": "child_abuse", "urgent": True, "words": [f"số {PHONE}"]},
    )
    assert PHONE in read(world, Role.COUNSELLOR)
    assert PHONE not in read(world, Role.ADMIN)


def test_a_supervisor_may_look_behind_for_a_while_and_it_is_recorded(world: World) -> None:
    supervisor = client_of(world, Role.SUPERVISOR)
    page = reverse("counselling:case", args=[world.case.pk])

    def talk() -> str:
        return str(supervisor.get(page).content.decode()).split('aria-label="Ghi chú')[0]

    assert "Hiện chữ đã che" in talk()
    supervisor.post(reverse("counselling:unmask", args=[world.case.pk]))
    assert TEXT in talk()
    assert (audited("unmasked")[0].actor_name, audited("unmasked")[0].case_number) == (
        "supervisor-1",
        world.case.pk,
    )
    assert TEXT not in read(world, Role.ADMIN), "only for who asked"
    session = supervisor.session
    until = session["mam_unmasked"][str(world.case.pk)]
    session["mam_unmasked"] = {str(world.case.pk): until - 601}
    session.save()
    assert TEXT not in talk(), "ten minutes"


def test_the_second_reader_may_look_behind_and_a_colleague_may_not(world: World) -> None:
    for name, status in (("nguoi-doc-hai", 302), ("dong-nghiep", 403)):
        person = make_person(name, Role.COUNSELLOR)
        if status == 302:
            world.case.second_reader = person
            world.case.save()
        world.people[name] = person
        client = client_of(world, name)
        answer = client.post(reverse("counselling:unmask", args=[world.case.pk]))
        assert answer.status_code == status
    assert [row.actor_name for row in audited("unmasked")] == ["nguoi-doc-hai"]


def test_a_colleagues_note_and_the_summary_are_masked_for_who_does_not_hold_the_case(
    world: World,
) -> None:
    holder = world.people[Role.COUNSELLOR]
    CaseNote.objects.create(case=world.case, author=holder, text=f"đã gọi chị {NAME}, {PHONE}")
    Case.objects.filter(pk=world.case.pk).update(summary=f"{NAME} đã đi khám")

    def page(role: str) -> str:
        address = reverse("counselling:case", args=[world.case.pk])
        return client_of(world, role).get(address).content.decode()

    assert page(Role.COUNSELLOR).count(NAME) >= 3
    seen = page(Role.SUPERVISOR)
    assert "đã gọi chị" in seen
    assert "đã đi khám" in seen
    assert NAME not in seen
    assert PHONE not in seen


def test_what_the_child_is_called_at_home_is_masked_where_it_stands_alone(world: World) -> None:
    conversation, family = world.case.conversation, world.case.family
    assert conversation is not None
    assert family is not None
    family.children.create(nickname="sữa", birth_date=timezone.localdate())
    for number, text in enumerate(("sữa", "Dạ gọi là Sua ạ", "bé uống ít sữa", "hôm nay Sữa ho")):
        InboundMessage.objects.create(
            conversation=conversation, external_id=f"s{number}", text=text
        )
    queue_reply(conversation, "Bé nào ạ?", dedupe_key="which", buttons=[("sữa", "/choose_child")])
    page = read(world, Role.ADMIN)
    assert page.count("[tên]") == page.count("Em là [tên]") + 4
    assert "bé uống ít sữa" in page, "there it is a word"
    assert "hôm nay [tên] ho" in page
    whole = read(world, Role.COUNSELLOR)
    assert "hôm nay Sữa ho" in whole
    assert "[tên]" not in whole


def test_what_the_child_is_called_is_no_way_to_find_a_case(world: World) -> None:
    assert world.case.family is not None
    world.case.family.children.create(nickname="Cốm", birth_date=timezone.localdate())
    InboundMessage.objects.create(
        conversation=world.case.conversation, external_id="c1", text="cốm", state="done"
    )
    InboundMessage.objects.filter(conversation=world.case.conversation).update(state="done")
    read_for_search()
    found = client_of(world, Role.ADMIN).get("/console/?q=cốm").content.decode()
    assert f"/console/{world.case.pk}/" not in found
    own = client_of(world, Role.COUNSELLOR).get("/console/?q=cốm").content.decode()
    assert f"/console/{world.case.pk}/" in own
