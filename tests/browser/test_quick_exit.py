"""Quick exit of the web chat: gone at once, and nothing of the chat comes back by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import DESKTOP, NARROW, PHONE, OpenPage, picture, write

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
SECRET = "chồng em vừa đánh em"
FINGER_PX = 44


def open_chat(open_page: OpenPage, size: dict[str, int]) -> Page:
    """A chat in which something was told and answered."""
    page = open_page("/quyen-rieng-tu/", size)
    page.goto("/")
    write(page, SECRET)
    expect(page.locator("button", has_text="Không an toàn").last).to_be_visible(timeout=60_000)
    return page


def is_away(page: Page) -> None:
    page.wait_for_url("**/bai/")
    assert SECRET not in page.content()


@pytest.mark.parametrize(
    ("size", "name"), [(NARROW, "narrow"), (PHONE, "phone"), (DESKTOP, "desktop")]
)
def test_one_press_leaves_and_back_does_not_show_the_chat(
    open_page: OpenPage, size: dict[str, int], name: str
) -> None:
    page = open_chat(open_page, size)
    leave = page.get_by_role("link", name="Thoát nhanh")
    box = leave.bounding_box()
    assert box is not None
    assert box["height"] >= FINGER_PX
    assert box["width"] >= FINGER_PX
    assert box["x"] + box["width"] <= size["width"]
    picture(page, f"quick-exit-{name}")
    leave.click()
    is_away(page)
    picture(page, f"quick-exit-{name}-after")
    page.go_back()
    assert page.url.endswith("/quyen-rieng-tu/"), "the chat is no longer in the history"


def test_escape_twice_leaves_and_once_does_not(open_page: OpenPage) -> None:
    page = open_chat(open_page, DESKTOP)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1700)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.url.endswith("/"), "two presses far apart are no exit"
    assert page.locator(".line.me").count() == 1
    page.keyboard.press("Escape")
    is_away(page)


def test_the_chat_stays_covered_until_it_is_asked_for(open_page: OpenPage) -> None:
    page = open_chat(open_page, PHONE)
    # An older entry of the chat, as after reading another page of ours.
    page.goto("/quyen-rieng-tu/")
    page.goto("/")
    page.get_by_role("link", name="Thoát nhanh").click()
    is_away(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="Mở lại cuộc trò chuyện")).to_be_visible()
    assert SECRET not in page.content()
    picture(page, "quick-exit-covered")
    page.wait_for_timeout(1000)
    assert page.locator(".line").count() == 0
    page.get_by_role("button", name="Mở lại cuộc trò chuyện").click()
    expect(page.locator(".line.me", has_text=SECRET)).to_be_visible()
    expect(page.locator("#text")).to_be_visible()


def test_no_browser_and_no_proxy_keeps_the_chat(open_page: OpenPage) -> None:
    page = open_page()
    answer = page.reload()
    assert answer is not None
    assert "no-store" in answer.headers["cache-control"]
