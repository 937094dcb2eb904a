"""Who may open what: every address of the project against every role.

An address without a row fails `test_every_address_has_its_row`: add the row, with the method that
the page is made for and the roles that may use it.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.db import transaction

from bot.staff.models import Role
from tests.site.addresses import (
    LIBRARY_ROOT,
    ROLES,
    addresses,
    client_of,
    is_let_in,
    make_world,
)

pytestmark = pytest.mark.django_db


class Row(NamedTuple):
    method: str
    roles: frozenset[str]


def row(method: str, *roles: str) -> Row:
    return Row(method, frozenset(roles))


EVERYBODY = ROLES
SIGNED_IN = tuple(role for role in ROLES if role != "anonymous")
DESK = (Role.COUNSELLOR, Role.SUPERVISOR, Role.ADMIN)
LEADERS = (Role.SUPERVISOR, Role.ADMIN)
# Opened by a secret that no role has: Telegram's header, the cookie of the chat itself.
SECRET = ()

TABLE = {
    # The door
    "login": row("GET", *EVERYBODY),
    # These two lead to the page of signing in, whoever asks.
    "logout": row("POST"),
    "library/login/": row("GET"),
    "healthz": row("GET", *EVERYBODY),
    "readyz": row("GET", *EVERYBODY),
    "metrics": row("GET", *EVERYBODY),
    # The desk
    "counselling:queue": row("GET", *DESK),
    "counselling:queue_live": row("GET", *DESK),
    "counselling:case": row("GET", *DESK),
    "counselling:case_live": row("GET", *DESK),
    "counselling:file": row("GET", *DESK),
    "counselling:claim": row("POST", *DESK),
    "counselling:reply": row("POST", *DESK),
    "counselling:note": row("POST", *DESK),
    "counselling:release": row("POST", *DESK),
    "counselling:close": row("POST", *DESK),
    "counselling:unmask": row("POST", *LEADERS),
    "counselling:bulk": row("POST", *DESK),
    "counselling:canned": row("GET", *DESK),
    "counselling:canned_delete": row("POST", Role.COUNSELLOR),
    "counselling:assign": row("POST", *DESK),
    "counselling:refuse": row("POST", *DESK),
    "counselling:raise": row("POST", *DESK),
    "counselling:move": row("POST", *DESK),
    "counselling:take_over": row("POST", *DESK),
    "counselling:snooze": row("POST", *DESK),
    "counselling:second_reader": row("POST", *DESK),
    "counselling:draft": row("POST", *DESK),
    "counselling:presence": row("POST", *DESK),
    "counselling:label": row("POST", *DESK),
    "counselling:check": row("POST", *DESK),
    "counselling:mark": row("POST", *DESK),
    "counselling:send_article": row("POST", *DESK),
    "counselling:suggestions": row("GET", *DESK),
    "counselling:worker": row("GET", *EVERYBODY),
    "counselling:offline": row("GET", *EVERYBODY),
    # Those who supervise
    "counselling:board": row("GET", *LEADERS),
    "counselling:board_live": row("GET", *LEADERS),
    "counselling:figures": row("GET", *LEADERS),
    "counselling:export": row("GET", *LEADERS),
    "counselling:settings": row("GET", *LEADERS),
    "counselling:targets": row("POST", *LEADERS),
    "counselling:hours": row("POST", *LEADERS),
    "counselling:add_day": row("POST", *LEADERS),
    "counselling:remove_day": row("POST", *LEADERS),
    "counselling:teams": row("GET", *LEADERS),
    "counselling:new_team": row("GET", *LEADERS),
    "counselling:team": row("GET", *LEADERS),
    "counselling:person": row("POST", *LEADERS),
    "counselling:roster": row("GET", *LEADERS),
    "counselling:add_shift": row("POST", *LEADERS),
    "counselling:remove_shift": row("POST", *LEADERS),
    "counselling:support": row("GET", *DESK),
    "counselling:answer_support": row("POST", *LEADERS),
    # Where help is, and what is told to trainers
    "counselling:referral": row("GET", *DESK),
    "counselling:services": row("GET", *DESK),
    "counselling:services_import": row("POST", *LEADERS),
    "counselling:services_export": row("GET", *DESK),
    "counselling:services_template": row("GET", *DESK),
    "counselling:marks": row("GET", *DESK, Role.TRAINER),
    "counselling:settle_mark": row("POST", *DESK, Role.TRAINER),
    "counselling:telegram": row("GET", *DESK),
    "counselling:telegram_unlink": row("POST", *DESK),
    # Accounts
    "staff:code": row("GET", *SIGNED_IN),
    "staff:account": row("GET", *SIGNED_IN),
    "staff:password": row("GET", *SIGNED_IN),
    "staff:set_up": row("GET", *SIGNED_IN),
    "staff:backup_codes": row("POST", *SIGNED_IN),
    "staff:switch_off": row("POST", *SIGNED_IN),
    # Leads there too.
    "staff:sign_out_everywhere": row("POST"),
    "staff:invite": row("GET", *LEADERS),
    "staff:change": row("POST", Role.ADMIN),
    "staff:lock": row("POST", Role.ADMIN),
    "staff:reset_factor": row("POST", Role.ADMIN),
    "staff:join": row("GET", *EVERYBODY),
    "staff:audit": row("GET", Role.AUDITOR, Role.ADMIN),
    "staff:audit_csv": row("POST", Role.AUDITOR, Role.ADMIN),
    # The library
    LIBRARY_ROOT: row("GET", Role.TRAINER, Role.ADMIN),
    "^library/(?:users|groups)/": row("GET", *EVERYBODY),
    # Parents
    "programme:list": row("GET", *EVERYBODY),
    "programme:feed": row("GET", *EVERYBODY),
    "programme:article": row("GET", *EVERYBODY),
    "programme:picture": row("GET", *EVERYBODY),
    "programme:sitemap": row("GET", *EVERYBODY),
    "messaging:chat": row("GET", *EVERYBODY),
    "messaging:send": row("POST", *EVERYBODY),
    "messaging:stream": row("GET", *EVERYBODY),
    "messaging:erase": row("POST", *EVERYBODY),
    "messaging:attachment": row("GET", *SECRET),
    "messaging:telegram_webhook": row("POST", *SECRET),
    "messaging:privacy": row("GET", *EVERYBODY),
}
BROKEN = {500, 405}


def test_every_address_has_its_row() -> None:
    missing, gone = sorted(set(addresses()) - set(TABLE)), sorted(set(TABLE) - set(addresses()))
    assert not missing, f"addresses without a row in TABLE: {', '.join(missing)}"
    assert not gone, f"rows of TABLE without an address: {', '.join(gone)}"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_an_address_opens_to_its_roles_and_to_nobody_else(name: str) -> None:
    wanted, world = TABLE[name], make_world()
    let_in = set()
    for role in ROLES:
        with transaction.atomic():
            answer = client_of(world, role).generic(wanted.method, world.url(name))
            transaction.set_rollback(True)
        assert answer.status_code not in BROKEN, f"{name} as {role}: {answer.status_code}"
        if is_let_in(answer):
            let_in.add(role)
    assert let_in == set(wanted.roles)
