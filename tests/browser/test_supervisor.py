"""A supervisor looks at the board, the figures and the sheet, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bot.commands.invented.writing import Wanted, write_invented
from bot.counselling.models import Case
from tests.browser.pages import picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}
PAGES = {
    "board": "/console/board/",
    "figures": "/console/figures/",
    "export": "/console/export/",
    "settings": "/console/settings/",
    "teams": "/console/teams/",
    "new-team": "/console/teams/new/",
    "roster": "/console/roster/",
    "support": "/console/support/",
    "services": "/console/services/",
    "marks": "/console/marks/",
    "telegram": "/console/telegram/",
    "account": "/tai-khoan/",
    "password": "/tai-khoan/mat-khau/",
    "second-step": "/tai-khoan/ma-hai-buoc/",
    "people": "/nhan-vien/",
}


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


def test_every_page_fits_obeys_the_policy_and_satisfies_axe(
    chromium: Browser, session: dict[str, str]
) -> None:
    for size in SIZES:
        page, complaints = opened(chromium, session, size)
        for name, path in PAGES.items():
            page.goto(path)
            expect(page.locator("h1")).to_be_visible()
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is wider than the {size}"
            picture(page, f"supervisor-{name}-{size}", whole=True)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{name}: {found.generate_report()}"
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
