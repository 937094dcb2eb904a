"""A supervisor looks at the board, which stays fresh by itself, and takes the sheet home."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bot.commands.invented.writing import Wanted, write_invented
from bot.counselling.models import Case
from tests.browser.pages import PHONE, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
# As much of the board as is read at once.
BOARD = {"width": 880, "height": 1000}


@pytest.fixture
def page(live_server: Any, chromium: Browser) -> Any:
    wanted = Wanted(cases=400, messages=4000, seed=1)
    write_invented(wanted, now=timezone.now(), password="x", progress=lambda *_: None)
    client = Client()
    client.force_login(User.objects.get(username="demo-giam-sat-1"))
    session = client.cookies["sessionid"].value
    context = chromium.new_context(viewport=BOARD, base_url=live_server.url, locale="vi-VN")  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_the_board_stays_fresh_and_the_sheet_is_taken_home(page: Page) -> None:
    page.goto("/console/board/")
    picture(page, "board")
    waiting = page.locator(".numbers div", has_text="Chờ nhận").locator("dd")
    count = int(waiting.inner_text())
    page.wait_for_timeout(2500)
    Case.objects.create(reason="asked", priority="normal")
    expect(waiting).to_have_text(str(count + 1), timeout=15_000)

    page.goto("/console/export/")
    with page.expect_download() as file:
        page.click("button.main")
    assert file.value.suggested_filename.endswith(".xlsx")

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/console/?scope=waiting")
    expect(page.locator(".cases li").first).to_be_visible()
    picture(page, "queue-phone")
