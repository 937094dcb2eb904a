"""Every page of the project, looked at in a real browser; which pages there are is told by the
addresses (tests/browser/every_page.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bot.counselling.models import Case
from bot.programme.models import Article
from bot.staff.models import Role
from tests.browser.every_page import ANYONE, OF_PARENTS, OF_STAFF
from tests.browser.house import House, make_house
from tests.browser.looking import faults_of
from tests.browser.pages import PHONE, SMALL, OpenPage, picture, write
from tests.site.faulty_urls import BROKEN, NOT_READ

# Long, for two busy cores: a quiet machine needs a tenth of it.
pytestmark = pytest.mark.timeout(900)
# As much of the board as is read at once.
BOARD = {"width": 880, "height": 1000}
in_own_database = pytest.mark.django_db(transaction=True)
in_the_whole = pytest.mark.django_db(databases=[])


@pytest.fixture
def house(live_server: Any, chromium: Browser) -> Iterator[House]:
    made = make_house(chromium, live_server.url)
    yield made
    for context in made.contexts.values():
        context.close()


def a_case(**fields: Any) -> str:
    case = Case.objects.filter(**fields).first()
    assert case is not None, fields
    return f"/console/{case.pk}/"


def gives_a_wrong_password(page: Page) -> None:
    page.goto("/dang-nhap/")
    page.fill("#id_username", "ai-do")
    page.fill("#id_password", "khong-phai")
    with page.expect_navigation():
        page.click("button.main")


def fails_to_sign_in(page: Page, _: House) -> None:
    gives_a_wrong_password(page)
    expect(page.locator("[role=alert]")).to_be_visible()


def guesses_till_locked_out(page: Page, _: House) -> None:
    told = page.locator("h1", has_text="Tạm khoá")
    for _try in range(settings.AXES_FAILURE_LIMIT):
        gives_a_wrong_password(page)
        if told.is_visible():
            return
    expect(told).to_be_visible()


def sends_an_old_form(page: Page, _: House) -> None:
    page.goto("/dang-nhap/")
    page.context.clear_cookies(name="csrftoken")
    page.fill("#id_username", "ai-do")
    page.fill("#id_password", "khong-phai")
    page.click("button.main")
    expect(page.locator("h1", has_text="quá lâu")).to_be_visible()


def makes_a_link(page: Page, _: House) -> None:
    page.goto("/nhan-vien/")
    page.click("main button.main")
    expect(page.locator("#link")).to_be_visible()


def makes_backup_codes(page: Page, _: House) -> None:
    page.goto("/tai-khoan/")
    page.click("button:has-text('Tạo lại mã dự phòng')")
    expect(page.locator("#backup-codes")).to_be_visible()


def gives_a_wrong_file(page: Page, _: House) -> None:
    page.goto("/console/services/")
    wrong = b"loai,ten\nkhong-co,x\n"
    page.set_input_files("#file", {"name": "a.csv", "mimeType": "text/csv", "buffer": wrong})
    page.click("button:has-text('Điền')")
    expect(page.locator("[role=alert]")).to_be_visible()


def opens_the_shortcuts(page: Page, _: House) -> None:
    page.goto("/console/?scope=waiting&reason=asked")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()


def picks_a_case(page: Page, _: House) -> None:
    """What is done with several cases comes into sight with the first that is ticked."""
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    page.goto("/console/")
    expect(page.locator("#bulk")).not_to_be_in_viewport()
    page.locator(".pick input").first.check()
    expect(page.locator("#bulk summary")).to_be_in_viewport()
    expect(page.locator("#picked")).to_contain_text("1")


def previews_an_article(page: Page, _: House) -> None:
    article = Article.shown()[0]
    revision = article.save_revision()
    name = "wagtailsnippets_programme_article:revisions_view"
    page.goto(reverse(name, args=[article.pk, revision.pk]))
    expect(page.locator(".phone")).to_be_visible()


# How else a page may stand before somebody: who opens it, and the way there.
OTHERWISE: dict[str, tuple[str, Callable[[Page, House], object]]] = {
    "login-wrong": (ANYONE, fails_to_sign_in),
    "no-invitation": (ANYONE, lambda page, _: page.goto("/loi-moi/khong-co/")),
    "locked-out": (ANYONE, guesses_till_locked_out),
    "old-form": (ANYONE, sends_an_old_form),
    "broken": (ANYONE, lambda page, _: page.goto(BROKEN)),
    "not-read": (ANYONE, lambda page, _: page.goto(NOT_READ)),
    "not-found": (ANYONE, lambda page, _: page.goto("/khong-co/")),
    "forbidden": (Role.TRAINER, lambda page, _: page.goto("/console/")),
    "invitation-made": (Role.ADMIN, makes_a_link),
    "backup-codes": (Role.SUPERVISOR, makes_backup_codes),
    "services-wrong": (Role.SUPERVISOR, gives_a_wrong_file),
    "shortcuts": (Role.COUNSELLOR, opens_the_shortcuts),
    "queue-picked": (Role.SUPERVISOR, picks_a_case),
    "queue-empty": (Role.COUNSELLOR, lambda page, _: page.goto("/console/?q=khong-co-ca-nay")),
    "canned-edited": (
        Role.COUNSELLOR,
        lambda page, house: page.goto(f"/console/canned/?edit={house.world.values['canned']}"),
    ),
    "case-waiting": (Role.ADMIN, lambda page, _: page.goto(a_case(state="waiting"))),
    "case-of-another": (
        Role.SUPERVISOR,
        lambda page, house: page.goto(house.url("counselling:case")),
    ),
    "case-closed": (Role.ADMIN, lambda page, _: page.goto(a_case(state="closed"))),
    "preview": (Role.TRAINER, previews_an_article),
}


def take_pictures_for_docs(house: House) -> None:
    """As they are first seen: nothing is opened, no more than fits the screen."""
    with house.page_of(Role.SUPERVISOR) as page:
        for name, path, size in (
            ("board", "/console/board/", BOARD),
            ("queue-phone", "/console/?scope=waiting", PHONE),
        ):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.goto(path)
            picture(page, name)


@in_own_database
@pytest.mark.urls("tests.site.faulty_urls")
def test_every_page_of_staff_fits_can_be_touched_and_satisfies_axe(house: House) -> None:
    take_pictures_for_docs(house)
    faults: list[str] = []
    for name, (role, part) in OF_STAFF.items():
        with house.page_of(role) as page:
            page.goto(house.url(name))
            expect(page.locator("main h1").first).to_be_visible()
            if name == "counselling:case":
                expect(page.locator("#suggestions h2")).to_be_visible(timeout=60_000)
            faults += faults_of(page, name.replace(":", "-"), part=part)
    for name, (role, reach) in OTHERWISE.items():
        with house.page_of(role) as page:
            reach(page, house)
            faults += faults_of(page, name)
    assert [*faults, *house.complaints] == [], "\n".join(["", *faults, *house.complaints])


@in_the_whole
def test_every_page_of_parents_fits_can_be_touched_and_satisfies_axe(open_page: OpenPage) -> None:
    faults: list[str] = []
    ways = {
        "messaging:privacy": ["/quyen-rieng-tu/"],
        "programme:list": ["/bai/", "/bai/?q=zzzz+qqqq+xxxx", "/bai/?q=bé+co+giật+tím+tái"],
        "programme:article": ["/bai/hoc-hoi-suc-ho-hoc-cpr/"],
        "messaging:chat": ["/", "/?bai=hoc-hoi-suc-ho-hoc-cpr"],
    }
    assert set(ways) == OF_PARENTS
    for name, paths in ways.items():
        for number, path in enumerate(paths):
            faults += faults_of(open_page(path), f"{name.replace(':', '-')}-{number}")
    assert faults == [], "\n".join(["", *faults])


@in_the_whole
def test_the_chat_satisfies_axe_at_each_turn(open_page: OpenPage) -> None:
    page, faults = open_page("/"), []
    bubble = page.locator(".line.assistant")

    def look(name: str) -> None:
        faults.extend(faults_of(page, f"chat-{name}"))

    write(page, "be 8 thang sot 39 co giat mắt trợn ngược")
    expect(bubble.filter(has_text="115").first).to_be_visible(timeout=20_000)
    look("danger-before-consent")

    page = open_page("/")
    bubble = page.locator(".line.assistant")
    write(page, "bé 5 tháng ăn dặm được chưa")
    expect(page.locator("button", has_text="Đồng ý")).to_be_visible(timeout=20_000)
    look("asked-to-agree")
    page.click("button:has-text('Đồng ý')")
    expect(bubble.filter(has_text="tròn 6 tháng")).to_be_visible(timeout=20_000)
    look("answer")
    write(page, "/menu")
    expect(page.locator("button", has_text="Chủ đề khác").last).to_be_visible(timeout=20_000)
    look("menu")
    page.context.set_offline(True)
    write(page, "còn bé 6 tháng")
    expect(page.locator("#notice")).to_be_visible()
    look("offline")
    page.context.set_offline(False)
    expect(page.locator("#notice")).to_be_hidden(timeout=20_000)
    page.click("#leave")
    page.wait_for_url("**/bai/")
    page.goto("/")
    look("covered")
    assert faults == [], "\n".join(["", *faults])
