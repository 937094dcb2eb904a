"""A supervisor looks at the board, the figures and the sheet, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bot.commands.invented.writing import Wanted, write_invented
from bot.counselling.models import Case
from tests.browser.pages import picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}
PAGES = ("board", "figures", "export")


@pytest.fixture
def session(live_server: Any) -> dict[str, str]:
    wanted = Wanted(cases=400, messages=4000, seed=1)
    write_invented(wanted, now=timezone.now(), password="x", progress=lambda *_: None)
    client = Client()
    client.force_login(User.objects.get(username="demo-giam-sat-1"))
    return {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "url": live_server.url,
    }


def opened(chromium: Browser, session: dict[str, str], size: str) -> tuple[Page, list[str]]:
    """A page of the signed-in supervisor, and what its console complains of."""
    context = chromium.new_context(viewport=SIZES[size], base_url=session["url"], locale="vi-VN")
    context.add_cookies([session])  # type: ignore[list-item]
    page, complaints = context.new_page(), []
    page.on("console", lambda line: "Security Policy" in line.text and complaints.append(line.text))
    return page, complaints


def test_every_page_fits_and_obeys_the_policy(chromium: Browser, session: dict[str, str]) -> None:
    for size in SIZES:
        page, complaints = opened(chromium, session, size)
        for name in PAGES:
            page.goto(f"/console/{name}/")
            expect(page.locator("h1")).to_be_visible()
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is wider than the {size}"
            picture(page, f"supervisor-{name}-{size}", whole=True)
        assert complaints == []
        page.context.close()

    page, _ = opened(chromium, session, "desk")
    page.goto("/console/board/")
    waiting = page.locator(".numbers div", has_text="Chờ nhận").locator("dd")
    count = int(waiting.inner_text())
    page.wait_for_timeout(2500)
    Case.objects.create(reason="asked", priority="normal")
    expect(waiting).to_have_text(str(count + 1), timeout=15_000)

    page.goto("/console/export/")
    with page.expect_download() as file:
        page.click("button.main")
    assert file.value.suggested_filename.endswith(".xlsx")
    page.context.close()
