"""A supervisor looks at the board, which stays fresh by itself, and takes the sheet home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from bot.counselling.models import Case
from bot.staff.models import Role
from tests.browser.pages import WIDE
from tests.counselling.people import raised, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]


@pytest.fixture
def desk(live_server: Any, chromium: Browser) -> Iterator[Page]:
    client = Client()
    client.force_login(staff("thu", Role.SUPERVISOR))
    session = client.cookies["sessionid"].value
    context = chromium.new_context(viewport=WIDE, base_url=live_server.url, locale="vi-VN")  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_the_board_stays_fresh_and_the_sheet_is_taken_home(desk: Page) -> None:
    raised("asked")
    desk.goto("/console/board/")
    waiting = desk.locator(".numbers div", has_text="Chờ nhận").locator("dd")
    expect(waiting).to_have_text("1")
    desk.wait_for_timeout(2500)
    Case.objects.create(reason="asked", priority="normal")
    expect(waiting).to_have_text("2", timeout=15_000)

    desk.goto("/console/export/")
    with desk.expect_download() as file:
        desk.click("button.main")
    assert file.value.suggested_filename.endswith(".xlsx")
