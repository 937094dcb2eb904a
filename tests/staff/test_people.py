"""Colleagues: invited by a link that works once, changed by an admin, all of it in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.staff.accounts import add_staff, disable_staff
from bot.staff.invitations import invite
from bot.staff.models import Invitation, Role, Team
from bot.staff.roles import roles_of, team_ids_of
from tests.site.addresses import World, client_of, make_person, make_world
from tests.staff.people import PASSWORD, audited, set_up_factor, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/nhan-vien/"
JOIN = {"full_name": "Trần Thị Hoa", "name": "hoa", "password": PASSWORD}


@pytest.fixture
def world() -> World:
    cache.clear()
    return make_world()


def link_from(client: Client, **given: object) -> str:
    answer = client.post(PAGE, given)
    assert answer.status_code == 200, answer.context["form"].errors
    return str(answer.context["link"]).partition("//")[2].partition("/")[2]


def test_an_invited_colleague_comes_in_by_the_link_once(world: World) -> None:
    link = link_from(client_of(world, Role.ADMIN), role="counsellor", team=world.team.pk)
    visitor = Client()
    assert visitor.get(f"/{link}").status_code == 200
    assert visitor.post(f"/{link}", JOIN).url == reverse("login")
    hoa = User.objects.get(username="hoa")
    assert (roles_of(hoa), team_ids_of(hoa)) == ({"counsellor"}, [world.team.pk])
    assert hoa.get_full_name() == "Trần Thị Hoa"
    sign_in(visitor, "hoa")
    assert visitor.get("/console/").status_code == 200
    assert visitor.post(f"/{link}", {**JOIN, "name": "hoa2"}).status_code == 404
    assert [row.actor_name for row in (*audited("invited")[1:], *audited("joined"))] == [
        "admin-1",
        "hoa",
    ]


def test_only_the_hash_of_a_link_is_kept(world: World) -> None:
    token = invite(by=None, role="trainer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staff_invitation")
        assert token not in str(cursor.fetchall())


def test_a_link_ends_after_seven_days_and_when_its_maker_is_locked(world: World) -> None:
    visitor = Client()
    old, of_locked = (invite(by=world.people[Role.ADMIN], role="trainer") for _ in range(2))
    first = Invitation.objects.order_by("pk").exclude(team=world.team).first()
    assert first is not None
    first.expires_at = timezone.now() - timedelta(seconds=1)
    first.save()
    assert visitor.get(f"/loi-moi/{old}/").status_code == 404
    assert visitor.get(f"/loi-moi/{of_locked}/").status_code == 200
    disable_staff("admin-1")
    assert visitor.get(f"/loi-moi/{of_locked}/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"password": "ngan"}, {"name": "admin-1"}, {"name": "<script>"}, {"full_name": ""}]
)
def test_a_weak_password_or_a_taken_name_keeps_the_link_for_another_try(
    world: World, wrong: dict[str, str]
) -> None:
    address = f"/loi-moi/{invite(by=None, role='trainer')}/"
    assert Client().post(address, {**JOIN, **wrong}).status_code == 422
    assert Client().post(address, JOIN).status_code == 302


def test_whoever_guesses_links_is_stopped(world: World) -> None:
    for attempt in range(41):
        assert Client().get(f"/loi-moi/x{attempt}/").status_code == 404
    assert Client().get(f"/loi-moi/{world.values['token']}/").status_code == 429


def test_a_supervisor_invites_counsellors_of_the_own_team_alone(world: World) -> None:
    other = Team.objects.create(name="Đội Nam")
    world.people["supervisor"].profile.teams.add(world.team)
    supervisor = client_of(world, Role.SUPERVISOR)
    assert "loi-moi" in link_from(supervisor, role="counsellor", team=world.team.pk)
    for given in (
        {"role": "admin", "team": world.team.pk},
        {"role": "supervisor", "team": world.team.pk},
        {"role": "counsellor", "team": other.pk},
        {"role": "counsellor"},
    ):
        answer = supervisor.post(PAGE, given)
        assert (answer.status_code, answer.context["link"]) == (422, ""), given


def test_a_supervisor_sees_the_own_team_alone(world: World) -> None:
    make_person("nguoi-doi-khac", Role.COUNSELLOR, Team.objects.create(name="Đội Nam"))
    make_person("nguoi-trong-doi", Role.COUNSELLOR, world.team)
    world.people["supervisor"].profile.teams.add(world.team)
    page = client_of(world, Role.SUPERVISOR).get(PAGE).content.decode()
    assert "nguoi-trong-doi" in page
    assert "nguoi-doi-khac" not in page


def test_another_role_counts_at_once_and_is_in_the_trail(world: World) -> None:
    person = world.people[Role.TRAINER]
    browser = client_of(world, Role.TRAINER)
    admin = client_of(world, Role.ADMIN)
    given = {"role": "counsellor", "teams": [world.team.pk]}
    admin.post(reverse("staff:change", args=[person.pk]), given)
    person = User.objects.get(pk=person.pk)
    assert (roles_of(person), team_ids_of(person)) == ({"counsellor"}, [world.team.pk])
    assert browser.get("/tai-khoan/").status_code == 302, "signed out"
    changed, moved = audited("role_changed")[-1], audited("team_changed")[-1]
    assert (changed.detail["was"], changed.detail["role"]) == ("trainer", "counsellor")
    assert (moved.actor_name, moved.detail["teams"]) == ("admin-1", world.team.name)


def test_the_last_admin_stays_one(world: World) -> None:
    admin, person = client_of(world, Role.ADMIN), world.people[Role.ADMIN]
    admin.post(reverse("staff:change", args=[person.pk]), {"role": "trainer"})
    admin.post(reverse("staff:lock", args=[person.pk]))
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.is_active) == (True, True)


def test_a_locked_account_is_out_and_may_be_opened_again(world: World) -> None:
    person = world.people[Role.COUNSELLOR]
    browser, admin = client_of(world, Role.COUNSELLOR), client_of(world, Role.ADMIN)
    admin.post(reverse("staff:lock", args=[person.pk]))
    assert browser.get("/console/").status_code == 302
    admin.post(reverse("staff:lock", args=[person.pk]), {"open": "1"})
    assert User.objects.get(pk=person.pk).is_active
    assert browser.get("/console/").status_code == 302, "the old session stays over"


def test_who_lost_the_phone_sets_up_another(world: World) -> None:
    add_staff("ba-nga", role="supervisor", password=PASSWORD)
    browser = Client()
    sign_in(browser, "ba-nga")
    set_up_factor(browser)
    nga = User.objects.get(username="ba-nga")
    client_of(world, Role.ADMIN).post(reverse("staff:reset_factor", args=[nga.pk]))
    assert browser.get("/console/").url.startswith("/dang-nhap/")
    sign_in(browser, "ba-nga")
    assert browser.get("/console/").url.startswith(reverse("staff:set_up"))
    assert audited("second_factor")[-1].detail == {"account": "ba-nga", "state": "off"}


def test_wagtails_own_pages_of_accounts_are_closed(world: World) -> None:
    admin = client_of(world, Role.ADMIN)
    for page in ("users/", "users/add/", "groups/", "groups/new/"):
        assert admin.get(f"/library/{page}").url == PAGE
