"""A case belongs to a team: who of this team, of another and of none may open it and act on it, on
every address of a case; docs/operators.md says the same in a table.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bot.counselling.models import Case, CaseEvent, CaseNote, Draft, Presence, SupportRequest
from bot.messaging.models import OutboundMessage
from bot.staff.models import AuditEvent, Role, Team
from tests.site.addresses import World, addresses, client_of, is_let_in, make_person, make_world
from tests.site.test_permissions import TABLE

pytestmark = pytest.mark.django_db
OF_A_CASE = sorted(name for name, at in addresses().items() if at.startswith("console/<int:pk>"))
HERE, ELSEWHERE, NOWHERE = "here", "elsewhere", "nowhere"
# The case is there, is not there (404), or cases are not this role's business at all (403).
THERE, HIDDEN, REFUSED = "there", "hidden", "refused"


class Stand(NamedTuple):
    """A role, the team it is in, what it has to do with the case, and what it finds."""

    role: str
    team: str
    finds: str
    is_holder: bool = False
    is_second_reader: bool = False


STANDS = {
    "counsellor of the team": Stand(Role.COUNSELLOR, HERE, THERE),
    "counsellor of another team": Stand(Role.COUNSELLOR, ELSEWHERE, HIDDEN),
    "counsellor of no team": Stand(Role.COUNSELLOR, NOWHERE, HIDDEN),
    "counsellor of another team who holds it": Stand(
        Role.COUNSELLOR, ELSEWHERE, THERE, is_holder=True
    ),
    "counsellor of another team who reads second": Stand(
        Role.COUNSELLOR, ELSEWHERE, THERE, is_second_reader=True
    ),
    "supervisor of the team": Stand(Role.SUPERVISOR, HERE, THERE),
    "supervisor of another team": Stand(Role.SUPERVISOR, ELSEWHERE, HIDDEN),
    "supervisor of no team": Stand(Role.SUPERVISOR, NOWHERE, THERE),
    "supervisor of another team who reads second": Stand(
        Role.SUPERVISOR, ELSEWHERE, THERE, is_second_reader=True
    ),
    "trainer of the team": Stand(Role.TRAINER, HERE, REFUSED),
    "trainer of another team": Stand(Role.TRAINER, ELSEWHERE, REFUSED),
    "auditor of the team": Stand(Role.AUDITOR, HERE, REFUSED),
    "auditor of another team": Stand(Role.AUDITOR, ELSEWHERE, REFUSED),
    "admin of another team": Stand(Role.ADMIN, ELSEWHERE, THERE),
}
STATUS = {HIDDEN: 404, REFUSED: 403}


@pytest.fixture
def world() -> World:
    made = make_world()
    made.case.team = made.team
    made.case.save()
    return made


def stands_there(world: World, stand: Stand) -> User:
    """Somebody who stands so to the world's case."""
    other, _ = Team.objects.get_or_create(name="Đội Nam")
    team = {HERE: world.team, ELSEWHERE: other, NOWHERE: None}[stand.team]
    person = make_person("nguoi-do", stand.role, team)
    given: dict[str, Any] = {"second_reader": person} if stand.is_second_reader else {}
    if stand.is_holder:
        given |= {"assignee": person, "state": Case.State.CLAIMED, "claimed_at": timezone.now()}
    Case.objects.filter(pk=world.case.pk).update(**given)
    world.people["whoever"] = person
    return person


def filled_in(world: World) -> dict[str, Any]:
    """What any of the forms of a case would take."""
    reader, later = world.people[Role.SUPERVISOR], timezone.localtime() + timedelta(days=2)
    return {
        "text": "lời của người lạ",
        "key": "ab" * 12,
        "to": reader.pk,
        "team": "",
        "reason": "bận",
        "outcome": "answered",
        "priority": Case.Priority.URGENT,
        "until": later.strftime("%Y-%m-%dT%H:%M"),
        "on": "nhãn lạ",
        "slug": world.values["slug"],
        "kind": "tram-y-te",
    }


def kept(case: Case) -> list[Any]:
    """All that an act on the case would change."""
    rows = [Case.objects.filter(pk=case.pk).values().get()]
    of_case = [CaseEvent, CaseNote, Draft, Presence, SupportRequest]
    rows += [list(model.objects.filter(case=case.pk).values()) for model in of_case]
    rows += [list(case.labels.values()), list(case.referrals.values())]
    rows += [OutboundMessage.objects.filter(conversation=case.conversation_id).count()]
    return [*rows, AuditEvent.objects.filter(action=AuditEvent.Action.UNMASKED).count()]


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_case_is_there_for_its_team_and_for_nobody_elses(world: World, name: str) -> None:
    method, roles = TABLE[name]
    for who, stand in STANDS.items():
        with transaction.atomic():
            stands_there(world, stand)
            before = kept(world.case)
            client, url = client_of(world, "whoever"), world.url(name)
            answer = client.get(url) if method == "GET" else client.post(url, filled_in(world))
            after = kept(world.case)
            transaction.set_rollback(True)
        if stand.finds != THERE:
            assert answer.status_code == STATUS[stand.finds], f"{name} as {who}"
            assert after == before, f"{name} was done by a {who}"
        else:
            assert answer.status_code != 404, f"{name} as {who}"
            # Looking behind the mask is for the second reader too.
            may = stand.role in roles or (stand.is_second_reader and name.endswith("unmask"))
            assert is_let_in(answer) == (may or stand.is_holder), f"{name} as {who}"


def test_what_is_filled_in_above_would_change_something(world: World) -> None:
    changed = set()
    for name in OF_A_CASE:
        with transaction.atomic():
            stands_there(world, STANDS["counsellor of another team who holds it"])
            before = kept(world.case)
            client_of(world, "whoever").post(world.url(name), filled_in(world))
            changed |= {name} if kept(world.case) != before else set()
            transaction.set_rollback(True)
    assert len(changed) >= 12, sorted(changed)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR])
def test_no_list_and_no_act_on_many_reaches_a_case_of_another_team(world: World, role: str) -> None:
    stands_there(world, Stand(role, ELSEWHERE, HIDDEN))
    client, number = client_of(world, "whoever"), world.case.pk
    link = f'href="/console/{number}/"'
    pages = [f"{reverse('counselling:queue')}?q={number}", reverse("counselling:queue_live")]
    if role == Role.SUPERVISOR:
        pages += [reverse("counselling:board"), reverse("counselling:board_live")]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert link not in answer.content.decode(), page
    before = kept(world.case)
    for action in ("assign", "snooze", "close"):
        given = {**filled_in(world), "action": action, "cases": [number]}
        assert client.post(reverse("counselling:bulk"), given).status_code == 302
    asked = client.post(reverse("counselling:support"), {"case": number, "text": "x"})
    assert asked.status_code == 404
    assert kept(world.case) == before
