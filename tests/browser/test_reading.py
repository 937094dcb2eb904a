"""Reading an article in a browser, and going from there into the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.looking import fits
from tests.browser.pages import DESKTOP, NARROW, OpenPage, picture

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
SLUG = "hoc-hoi-suc-ho-hoc-cpr"


@pytest.mark.parametrize(("name", "size"), [("narrow", NARROW), ("desktop", DESKTOP)])
def test_an_article_fits_the_screen_and_its_drawings_are_there(
    open_page: OpenPage, name: str, size: dict[str, int]
) -> None:
    page = open_page(f"/bai/{SLUG}/", size)
    expect(page.locator("h1")).to_be_visible()
    assert fits(page)
    drawing = page.locator("figure img").first
    drawing.scroll_into_view_if_needed()
    expect(drawing).to_have_js_property("complete", True)
    assert drawing.evaluate("image => image.naturalWidth") > 0
    assert drawing.get_attribute("alt")
    picture(page, f"article-{name}")


def test_a_link_leads_into_the_chat_and_the_article_is_said_there(open_page: OpenPage) -> None:
    page = open_page(f"/bai/{SLUG}/")
    page.click("text=Hỏi Mầm về bài này")
    page.click("button:has-text('Xem bài')")
    page.click("button:has-text('Đồng ý')")
    drawing = page.locator(".line.assistant img").first
    expect(drawing).to_be_visible(timeout=15_000)
    expect(page.locator(".line.me", has_text="/start")).to_have_count(0)
    picture(page, "chat-with-drawing")


def test_on_a_slow_network_no_press_of_an_early_finger_is_lost(open_page: OpenPage) -> None:
    page = open_page("/quyen-rieng-tu/")
    held: list[Route] = []
    page.route("**/messaging/chat*.js", lambda route: held.append(route))
    page.goto(f"/?bai={SLUG}", wait_until="commit")
    expect(page.locator("button:has-text('Xem bài')")).to_be_disabled()
    expect(page.locator("#form button")).to_be_disabled()
    page.fill("#text", "bé biếng ăn")
    assert len(held) == 1
    held.pop().continue_()
    page.click("button:has-text('Xem bài')")
    expect(page.locator("button:has-text('Đồng ý')")).to_be_visible(timeout=15_000)
    expect(page.locator("#text")).to_have_value("bé biếng ăn")


def test_the_list_is_searched_in_a_parents_own_words(open_page: OpenPage) -> None:
    page = open_page("/bai/")
    page.fill("#q", "be may thang thi an dam duoc")
    page.press("#q", "Enter")
    page.click("a:has-text('Khi nào bé bắt đầu ăn dặm')")
    expect(page.locator("h1")).to_contain_text("ăn dặm")
    assert fits(page)
