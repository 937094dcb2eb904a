"""No page escapes the browser that looks at all of them (tests/browser/test_every_page.py)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bot.staff.models import Role
from tests.browser.every_page import ACTION, NO_PAGE, OF_PARENTS, OF_STAFF, TWIN, all_addresses
from tests.site.addresses import addresses, client_of, make_world


def test_every_address_is_a_page_that_is_looked_at_or_none() -> None:
    known = [*OF_STAFF, *OF_PARENTS, *NO_PAGE]
    assert len(known) == len(set(known)), "an address stands in two tables"
    missing, gone = sorted(all_addresses() - set(known)), sorted(set(known) - all_addresses())
    assert not missing, f"addresses in no table of every_page.py: {', '.join(missing)}"
    assert not gone, f"rows of every_page.py without an address: {', '.join(gone)}"
    assert len(OF_STAFF) + len(OF_PARENTS) > 30


@pytest.mark.django_db
def test_what_is_left_out_answers_no_page() -> None:
    world = make_world()
    client, pages = client_of(world, Role.ADMIN), []
    for name, why in NO_PAGE.items():
        answer = client.get(world.url(name) if name in addresses() else reverse(name))
        kind = answer.headers.get("Content-Type", "")
        is_page = {
            ACTION: answer.status_code not in {302, 405},
            TWIN: answer.status_code != 200 or b"<html" in getattr(answer, "content", b""),
        }.get(why, answer.status_code == 200 and kind.startswith("text/html"))
        pages += [f"{name}: {answer.status_code} {kind}"] if is_page else []
    assert pages == []
