"""How the console looks: it fits, it can be touched and read, axe is content, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PASSWORD, PHONE, SMALL, WIDE, OpenPage, picture, sign_in, write
from tests.running import Running

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
NAME = "looks-lan"
PAGES = {
    "queue": "/console/",
    "queue-filtered": "/console/?scope=waiting&reason=asked",
    "canned": "/console/canned/",
    "offline": "/console/offline/",
}
# What is touched by a finger; links within a sentence are as high as its line.
TARGETS = "button, select, input:not([type=hidden]):not([type=checkbox]), textarea, .menu a, .tabs a, summary"  # noqa: E501
SMALLEST_PX = 44


@pytest.fixture(scope="module")
def case_path(running: Running, chromium: Browser) -> str:
    """A claimed case with an alert, a note and a reply."""
    running.add_staff(NAME, "counsellor", PASSWORD)
    context = chromium.new_context(base_url=running.url, viewport=PHONE)
    parent, desk = context.new_page(), context.new_page()
    parent.goto("/")
    write(parent, "chồng em đánh em trước mặt con, em sợ lắm, chuyện để nhìn")
    expect(parent.locator(".line.assistant").first).to_be_visible(timeout=20_000)
    desk.goto("/console/")
    sign_in(desk, NAME)
    desk.fill("#id_q", "chuyện để nhìn")
    desk.press("#id_q", "Enter")
    desk.locator(".cases li a").first.click()
    desk.click("#claim")
    desk.click("#note summary")
    desk.fill("#note-text", "đã gọi cho nhà tạm lánh")
    desk.click("#note button")
    desk.fill("#reply-text", "Em chào chị, lúc này chị nhắn có an toàn không?")
    desk.click("#reply button[type=submit]")
    expect(desk.locator(".said.counsellor")).to_have_count(1)
    path = desk.evaluate("location.pathname")
    context.close()
    return str(path)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[SMALL, WIDE], ids=["360", "1440"])
def desk(
    request: pytest.FixtureRequest, chromium: Browser, running: Running, case_path: str, scheme: str
) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=request.param, base_url=running.url, locale="vi-VN", color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/console/")
    sign_in(page, NAME)
    yield page
    context.close()


def test_pages_fit_can_be_touched_and_axe_finds_nothing(
    desk: Page, case_path: str, scheme: str
) -> None:
    width = desk.evaluate("innerWidth")
    for name, path in {**PAGES, "case": case_path}.items():
        desk.goto(path)
        if name == "case":
            expect(desk.locator("#suggestions h2")).to_be_visible(timeout=60_000)
            desk.click("#canned summary")
        desk.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
        picture(desk, f"{name}-{scheme}-{width}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, name
        found = Axe().run(desk)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        small = desk.evaluate(
            "([what, px]) => [...document.querySelectorAll(what)].filter(one => one.offsetParent"
            " && one.getBoundingClientRect().height < px - 0.5).map(one => one.outerHTML)",
            [TARGETS, SMALLEST_PX],
        )
        assert small == [], name


def test_the_frame_of_signing_in_is_clean_too(open_page: OpenPage) -> None:
    page = open_page("/dang-nhap/", SMALL)
    assert Axe().run(page).violations_count == 0
