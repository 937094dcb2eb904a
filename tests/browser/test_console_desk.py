"""Two counsellors at their desks: one case, one holder, nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.looking import faults_of
from tests.browser.pages import (
    PASSWORD,
    PHONE,
    OpenPage,
    at_desk,
    find,
    picture,
    raise_case,
)
from tests.running import Running

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
LAN, MINH = "desk-lan", "desk-minh"


@pytest.fixture(scope="module")
def counsellors(running: Running) -> tuple[str, str]:
    for name in (LAN, MINH):
        running.add_staff(name, "counsellor", PASSWORD)
    return LAN, MINH


def test_one_claims_the_other_is_refused_and_takes_over_with_what_was_typed(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    parent, words = raise_case(open_page)
    lan, minh = at_desk(open_page, LAN), at_desk(open_page, MINH)
    url = find(lan, words)
    minh.goto(url)
    expect(lan.locator(".said.parent mark", has_text="co giat").first).to_be_visible()
    lan.click("#claim")
    # Live: the other sees it without a reload.
    expect(minh.locator(".told", has_text=LAN)).to_be_visible(timeout=10_000)
    minh.fill("#reply-text", "Em là Minh, em thử trả lời.")
    expect(lan.locator(".company", has_text=f"{MINH} đang gõ")).to_be_visible(timeout=10_000)
    minh.click("#reply button[type=submit]")
    expect(minh.locator(".told", has_text="người khác phụ trách").first).to_be_visible()
    minh.click("#take-over")
    expect(minh.locator("#reply-text")).to_have_value("Em là Minh, em thử trả lời.")
    minh.click("#reply button[type=submit]")
    answer = parent.locator(".line.counsellor", has_text="Em là Minh")
    expect(answer).to_have_count(1, timeout=10_000)
    expect(lan.locator(".told", has_text=MINH)).to_be_visible(timeout=10_000)
    expect(minh.locator("#reply-text")).to_have_value("")
    picture(minh, "case-desktop")


def test_what_a_colleague_types_is_read_along_masked_and_goes_when_it_is_sent(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    parent, words = raise_case(open_page)
    lan, minh = at_desk(open_page, LAN), at_desk(open_page, MINH, PHONE)
    url = find(lan, words)
    lan.click("#claim")
    expect(lan.locator("#claim")).to_have_count(0)
    minh.goto(url)
    before_minh, before_lan = minh.locator(".typed"), lan.locator(".typed")
    # Without a rest: it is read while it is typed, not when it is done.
    lan.locator("#reply-text").press_sequentially("Chị <b>cứ</b> gọi 0912 345 678 " * 2, delay=100)
    assert before_minh.count() == 1
    expect(before_minh).to_contain_text(
        f"{LAN} đang gõ, chưa gửi: Chị <b>cứ</b> gọi", timeout=20_000
    )
    assert "0912" not in before_minh.inner_text()
    expect(before_minh).to_contain_text("[số điện thoại]", timeout=20_000)
    expect(before_minh).to_be_in_viewport()
    picture(minh, "case-typed")
    assert before_lan.count() == 0

    minh.fill("#reply-text", "Minh đọc cùng, số 0912 345 678")
    expect(before_lan).to_contain_text("Minh đọc cùng, số 0912 345 678", timeout=20_000)
    assert faults_of(lan, "case-typed") == []
    minh.fill("#reply-text", "")
    expect(before_lan).to_have_count(0, timeout=20_000)

    lan.fill("#reply-text", "Chị gọi 115 nhé.")
    lan.click("#reply button[type=submit]")
    expect(minh.locator(".said.counsellor", has_text="Chị gọi 115 nhé.")).to_be_visible()
    expect(before_minh).to_have_count(0, timeout=20_000)
    expect(lan.locator("#reply-text")).to_have_value("")
    said = parent.locator(".line.counsellor")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("Chị gọi 115 nhé.")


def test_a_draft_waits_on_the_other_screen_of_the_same_person(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    _, words = raise_case(open_page)
    first, second = at_desk(open_page, LAN), at_desk(open_page, LAN, PHONE)
    url = find(first, words)
    first.click("#claim")
    first.fill("#reply-text", "Chị cho em hỏi thêm")
    expect(first.locator("#kept", has_text="Đã giữ nháp")).to_be_visible()
    second.goto(url)
    expect(second.locator("#reply-text")).to_have_value("Chị cho em hỏi thêm")
    # Both send it; the parent reads it once.
    for page in (first, second):
        page.click("#reply button[type=submit]")
    expect(first.locator(".said.counsellor", has_text="hỏi thêm")).to_have_count(1)
    expect(second.locator(".said.counsellor", has_text="hỏi thêm")).to_have_count(1)


def test_what_is_typed_before_the_page_is_whole_is_kept_too(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    _, words = raise_case(open_page)
    lan, other = at_desk(open_page, LAN, PHONE), at_desk(open_page, LAN)
    url = find(lan, words)
    held: list[Route] = []
    lan.route("**/counselling/case*.js", lambda route: held.append(route))
    lan.goto(url, wait_until="commit")
    lan.fill("#reply-text", "Em đọc rồi, chị chờ em")
    assert len(held) == 1
    held.pop().continue_()
    expect(lan.locator("#kept", has_text="Đã giữ nháp")).to_be_visible()
    expect(lan.locator("#reply-text")).to_have_value("Em đọc rồi, chị chờ em")
    other.goto(url)
    expect(other.locator("#reply-text")).to_have_value("Em đọc rồi, chị chờ em")


def test_what_is_typed_without_a_connection_is_kept_and_sent_later(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    parent, words = raise_case(open_page)
    lan = at_desk(open_page, LAN, PHONE)
    find(lan, words)
    lan.click("#claim")
    expect(lan.locator("#claim")).to_have_count(0)
    lan.wait_for_load_state()
    lan.context.set_offline(True)
    lan.fill("#reply-text", "Em ở đây, chị đưa bé đi viện nhé.")
    lan.click("#reply button[type=submit]")
    expect(lan.locator("#kept", has_text="sẽ gửi khi có mạng")).to_be_visible()
    expect(lan.locator("#lost")).to_be_visible(timeout=10_000)
    picture(lan, "case-offline")
    assert parent.locator(".line.counsellor").count() == 0
    lan.context.set_offline(False)
    expect(parent.locator(".line.counsellor", has_text="đưa bé đi viện")).to_have_count(
        1, timeout=15_000
    )
    expect(lan.locator(".said.counsellor", has_text="đưa bé đi viện")).to_have_count(1)
    expect(lan.locator("#reply-text")).to_have_value("")


def test_a_page_that_is_opened_without_a_connection_says_so(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    lan = at_desk(open_page, LAN, PHONE)
    lan.evaluate("navigator.serviceWorker.ready.then(() => true)")
    lan.context.set_offline(True)
    lan.goto("/console/")
    expect(lan.locator("h1", has_text="Chưa có mạng")).to_be_visible()
    lan.context.set_offline(False)


def test_everything_is_done_by_keys(open_page: OpenPage, counsellors: tuple[str, str]) -> None:
    parent, words = raise_case(open_page)
    lan = at_desk(open_page, LAN)
    lan.wait_for_load_state()
    lan.keyboard.press("?")
    expect(lan.locator("#shortcuts")).to_be_visible()
    picture(lan, "shortcuts")
    lan.keyboard.press("Escape")
    lan.keyboard.press("/")
    lan.keyboard.type(words)
    lan.keyboard.press("Enter")
    # The keys belong to the page that comes, once its scripts are there.
    lan.wait_for_url("**q=**")
    lan.wait_for_load_state()
    expect(lan.locator(".cases li")).to_have_count(1)
    lan.keyboard.press("j")
    lan.keyboard.press("Enter")
    expect(lan.locator("#claim")).to_be_visible()
    lan.wait_for_load_state()
    lan.keyboard.press("c")
    expect(lan.locator("#claim")).to_have_count(0)
    lan.wait_for_load_state()
    lan.keyboard.press("n")
    lan.keyboard.type(f"nhờ @{MINH} xem")
    lan.keyboard.press("Control+Enter")
    expect(lan.locator(".note strong", has_text=MINH)).to_be_visible()
    lan.wait_for_load_state()
    lan.keyboard.press("r")
    lan.keyboard.type("Em chào chị, em là Lan.")
    lan.keyboard.press("Control+Enter")
    expect(parent.locator(".line.counsellor", has_text="em là Lan")).to_be_visible(timeout=10_000)
    expect(lan.locator(".said.counsellor", has_text="em là Lan")).to_be_visible(timeout=10_000)
    lan.keyboard.press("Escape")
    lan.keyboard.press("q")
    expect(lan.locator("h1", has_text="Hàng chờ")).to_be_visible()
    minh = at_desk(open_page, MINH)
    expect(minh.locator(".badge.mention").first).to_be_visible()


def test_keys_of_one_letter_can_be_switched_off_for_who_speaks_instead_of_typing(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    raise_case(open_page)
    lan = at_desk(open_page, LAN)
    lan.click("#show-keys")
    lan.uncheck("#use-keys")
    lan.click("#shortcuts button")
    lan.reload()
    lan.wait_for_load_state()
    for key in ("?", "j", "/"):
        lan.keyboard.press(key)
    assert lan.evaluate("document.activeElement === document.body")
    expect(lan.locator("#shortcuts")).to_be_hidden()
    lan.click("#show-keys")
    lan.check("#use-keys")
    lan.keyboard.press("Escape")
    lan.keyboard.press("j")
    expect(lan.locator(".cases li a").first).to_be_focused()


def test_a_ready_sentence_and_a_suggestion_go_into_the_box_and_are_not_sent(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    _, words = raise_case(open_page)
    lan = at_desk(open_page, LAN)
    find(lan, words)
    lan.click("#claim")
    expect(lan.locator("#suggestions li").first).to_be_visible(timeout=60_000)
    lan.click("#canned summary")
    lan.click("[aria-label='Dùng câu: Chào, tôi đã đọc']")
    expect(lan.locator("#reply-text")).to_have_value(re.compile(f"em là {LAN}"))
    assert lan.locator(".said.counsellor").count() == 0
    lan.locator("#suggestions button", has_text="Gửi bài này").first.click()
    sent = lan.locator(".said.assistant", has_text=f"{LAN} gửi")
    expect(sent.first).to_be_visible(timeout=10_000)


def test_a_new_case_shows_in_the_list_and_in_the_title_without_a_reload(
    open_page: OpenPage, counsellors: tuple[str, str]
) -> None:
    lan = at_desk(open_page, LAN)
    lan.locator(".cases li").first.wait_for()
    before = int(re.findall(r"\d+", lan.locator(".tabs a").nth(1).inner_text())[0])
    raise_case(open_page)
    expect(lan.locator(".tabs a").nth(1)).to_have_text(f"Chờ nhận ({before + 1})", timeout=15_000)
    expect(lan).to_have_title(f"({before + 1}) Hàng chờ · Mầm")
