"""`mam user`: a link for a colleague, and the way back in for who lost the phone."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client

from bot.commands.user import user
from bot.staff.accounts import add_staff
from bot.staff.models import Team
from tests.staff.people import PASSWORD, audited, set_up_factor, sign_in

pytestmark = pytest.mark.django_db


def mam(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(user, arguments)
    return done.exit_code, done.output.strip()


def test_a_printed_link_makes_an_account() -> None:
    Team.objects.create(name="Đội Bắc")
    status, link = mam("invite", "--role", "counsellor", "--team", "Đội Bắc")
    assert status == 0
    path = "/" + link.splitlines()[-1].partition("//")[2].partition("/")[2]
    given = {"full_name": "Hoa", "name": "hoa", "password": PASSWORD}
    assert Client().post(path, given).status_code == 302
    assert "hoa" in mam("list")[1]


def test_a_team_that_is_not_there_is_told() -> None:
    status, told = mam("invite", "--role", "counsellor", "--team", "Đội Tây")
    assert (status, "Đội Tây" in told) == (1, True)


def test_who_lost_the_phone_gets_in_again(client: Client) -> None:
    add_staff("ba-nga", role="supervisor", password=PASSWORD)
    sign_in(client, "ba-nga")
    set_up_factor(client)
    assert mam("reset-second-factor", "ba-nga")[0] == 0
    assert client.get("/console/").url.startswith("/dang-nhap/"), "signed out"
    assert audited("second_factor")[-1].actor is None
    assert mam("reset-second-factor", "khong-co")[0] == 1
