"""A parent on a phone and two counsellors, in real browsers against the whole of Mầm."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults_of
from tests.browser.pages import DESKTOP, PASSWORD, OpenPage, picture, search, sign_in, write
from tests.running import Running

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def counsellors(running: Running) -> list[str]:
    names = ["co-lan", "anh-minh"]
    for name in names:
        running.add_staff(name, "counsellor", PASSWORD)
    return names


def test_a_first_question_is_answered_as_soon_as_the_parent_has_agreed(open_page: OpenPage) -> None:
    page = open_page()
    write(page, "bé 5 tháng ăn dặm được chưa")
    page.click("button:has-text('Đồng ý')")
    expect(page.locator(".line.assistant", has_text="tròn 6 tháng")).to_be_visible(timeout=15_000)
    picture(page, "chat-phone")
    page.reload()
    expect(page.locator(".line.me", has_text="ăn dặm")).to_be_visible()


def test_a_danger_sign_is_answered_before_consent_and_a_counsellor_takes_the_case(
    open_page: OpenPage, counsellors: list[str]
) -> None:
    parent = open_page()
    write(parent, "be 8 thang sot 39 co giat, nha em o xom ben song")
    expect(parent.locator(".line.assistant", has_text="115").first).to_be_visible(timeout=10_000)

    first, second = open_page("/console/"), open_page("/console/", DESKTOP)
    for page, name in ((first, counsellors[0]), (second, counsellors[1])):
        sign_in(page, name)
        search(page, "xom ben song")
        page.locator(".cases li.urgent a").click()
    picture(first, "case-phone")
    first.click("button:has-text('Nhận ca')")
    expect(first.locator("#reply-text")).to_be_enabled()
    second.click("button:has-text('Nhận ca')")
    expect(second.locator(".told", has_text=counsellors[0]).first).to_be_visible()

    write(parent, "bé tỉnh rồi ạ, giờ em làm gì")
    expect(first.locator(".said.parent", has_text="bé tỉnh rồi")).to_be_visible(timeout=10_000)
    first.fill("#reply-text", "Chị cho bé nằm nghiêng <b>và</b> đưa bé đến viện nhé.")
    first.click("#reply button")
    expect(parent.locator(".line.counsellor", has_text="<b>và</b>")).to_be_visible(timeout=10_000)
    assert faults_of(parent, "chat-with-counsellor") == []
    assert parent.locator(".line.assistant", has_text="chưa có bài").count() == 0, (
        "the assistant is silent"
    )

    first.click("summary:has-text('Đóng ca')")
    first.select_option("#outcome", "emergency")
    first.click("button:has-text('Đóng ca')")
    expect(parent.locator(".line.system", has_text="kết thúc")).to_be_visible(timeout=10_000)
    first.goto("/console/?scope=closed")
    expect(first.locator(".cases li", has_text="đã đóng").first).to_be_visible()


def test_ending_on_a_shared_phone_leaves_nothing(open_page: OpenPage) -> None:
    page = open_page()
    write(page, "chào mầm")
    expect(page.locator(".line.assistant").first).to_be_visible(timeout=15_000)
    with page.expect_navigation():
        page.click("#end")
    assert page.locator(".line").count() == 0


def test_the_chat_page_is_light(open_page: OpenPage) -> None:
    page = open_page()
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".filter(e => !e.name.includes('/dong/')).map(e => e.transferSize)"
    )
    assert len(sizes) >= 3
    assert sum(sizes) < 50_000


def test_a_trainer_may_not_read_cases(open_page: OpenPage, running: Running) -> None:
    running.add_staff("chi-hoa", "trainer", PASSWORD)
    page = open_page("/console/")
    sign_in(page, "chi-hoa")
    expect(page.locator("h1", has_text="không được xem")).to_be_visible()
