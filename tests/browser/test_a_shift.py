"""A whole shift: two counsellors, their supervisor and parents on Telegram at once. Clocks run
twenty times as fast, so that what is late is late within the test.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.bot_api import TOKEN, BotApiServer
from tests.browser.looking import fits
from tests.browser.pages import PASSWORD, SMALL, WIDE, picture, second_step, sign_in
from tests.running import Running, start
from tests.whole.parent import Parent

# The shift's Mầm is started once, so one process of pytest takes all of it.
pytestmark = [
    pytest.mark.django_db(databases=[]),
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("shift"),
]
GROUP = -100_900
LAN, MINH, THU = "ca-lan", "ca-minh", "ca-thu"
DANGER = "be 8 thang sot 39 co giat mắt trợn ngược"
_chats = itertools.count(9501)


@dataclass
class Place:
    """A Mầm of the shift's own, its Telegram, and its staff's browsers."""

    mam: Running
    server: BotApiServer
    lan: Page
    minh: Page
    thu: Page
    phones: dict[Page, Parent] = field(default_factory=dict)

    def case_of(self, parent: Parent, words: str = "đang gọi tư vấn viên") -> int:
        """The number that the parent was told."""
        found = re.search(r"số (?:của anh/chị là )?(\d+)", parent.hears(words))
        assert found
        return int(found[1])

    def phone_of(self, page: Page) -> Parent:
        """The private chat of a colleague with the bot, linked by the page's code."""
        if page not in self.phones:
            page.goto("/console/telegram/")
            page.click("main form button:has-text('Lấy đường nối')")
            code = page.locator("main code").inner_text()
            person = Parent(self.server, chat=next(_chats))
            person.says(code)
            person.hears("Đã nối")
            self.phones[page] = person
        return self.phones[page]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Place]:
    with BotApiServer() as server:
        mam = start(
            tmp_path_factory.mktemp("shift"),
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_BASE_URL=server.url,
            MAM_COUNSELLOR_CHAT_ID=str(GROUP),
            MAM_FAST_TIME="20",
        )
        try:
            for name, role in ((LAN, "counsellor"), (MINH, "counsellor"), (THU, "supervisor")):
                mam.add_staff(name, role, PASSWORD)

            def desk(name: str, size: dict[str, int]) -> Page:
                context = chromium.new_context(viewport=size, base_url=mam.url, locale="vi-VN")
                page = context.new_page()
                page.on("dialog", lambda dialog: dialog.accept())
                page.goto("/console/")
                sign_in(page, name)
                return page

            thu = desk(THU, WIDE)
            second_step(thu)
            yield Place(mam, server, desk(LAN, WIDE), desk(MINH, SMALL), thu)
        finally:
            mam.stop()


@pytest.fixture
def new_parent(place: Place) -> Callable[[], Parent]:
    return lambda: Parent(place.server)


def is_seen(page: Page, name: str) -> None:
    """A picture of it; axe looks at every page in test_every_page.py."""
    picture(page, f"shift-{name}", whole=True)
    assert fits(page), name


def test_from_the_alert_to_the_reopened_case(
    place: Place, new_parent: Callable[[], Parent]
) -> None:
    lan, minh, parent = place.lan, place.minh, new_parent()
    minhs_phone = place.phone_of(minh)
    for page in (lan, minh):
        page.goto("/console/?scope=waiting")
    parent.agrees()
    parent.says(DANGER)
    parent.hears("115")
    number = place.case_of(parent)
    claim = place.server.wait_for(lambda: place.server.button_of(GROUP, f"Ca {number} · "))

    # Both see it come, without a reload, and both press: one at the desk, one in Telegram's group.
    for page in (lan, minh):
        page.locator(f".cases a[href='/console/{number}/']").click(timeout=20_000)
        expect(page.locator("#claim")).to_be_visible()
    pressed = place.server.presses_in_group(GROUP, minhs_phone.chat, claim)
    lan.evaluate("document.querySelector('#claim')?.click()")
    told = place.server.wait_for(lambda: place.server.notice(pressed))
    if f"đã nhận ca {number}" in told:
        expect(lan.locator(".told", has_text=MINH).first).to_be_visible()
        lan.click("#take-over")
    else:
        assert "nhận ca này trước" in told
    expect(lan.locator("#reply-text")).to_be_visible()
    claimed = lan.locator(".history li", has_text=re.compile("· nhận ·"))
    expect(claimed).to_have_count(1)
    expect(minh.locator(".told", has_text=LAN).first).to_be_visible(timeout=15_000)
    minh.fill("#reply-text", "Em là Minh, em trả lời luôn nhé.")
    minh.click("#reply button[type=submit]")
    expect(minh.locator(".told", has_text="người khác phụ trách").first).to_be_visible()
    parent.hears("Tư vấn viên đã vào")

    lan.fill("#reply-text", "Chị đặt bé nằm nghiêng, xe đang đến.")
    lan.click("#reply button[type=submit]")
    parent.hears("nằm nghiêng, xe đang đến")
    assert not any("Em là Minh" in text for text in parent.new_texts())
    parent.says("bé tỉnh rồi chị ạ")
    expect(lan.locator(".said.parent", has_text="bé tỉnh rồi")).to_be_visible(timeout=15_000)

    lan.context.set_offline(True)
    lan.fill("#reply-text", "Chị cứ đi cùng bé, em chờ tin.")
    lan.click("#reply button[type=submit]")
    expect(lan.locator("#kept", has_text="sẽ gửi khi có mạng")).to_be_visible()
    # The page is read anew once the reply is sent; what is opened before that would be shut again.
    with lan.expect_navigation(timeout=30_000):
        lan.context.set_offline(False)
    parent.hears("em chờ tin", 30)

    lan.click("#note summary")
    lan.fill("#note-text", f"@{MINH} mai hỏi lại giúp mình")
    lan.click("#note button")
    expect(lan.locator(".note strong", has_text=f"@{MINH}")).to_be_visible()
    minh.goto("/console/?scope=mentioned")
    expect(minh.locator(f".cases a[href='/console/{number}/']")).to_be_visible()
    is_seen(minh, "queue-phone")
    is_seen(lan, "case")

    lan.click("a:has-text('Giới thiệu nơi giúp')")
    lan.select_option("#id_kind", index=1)
    lan.fill("#id_where", "Trạm y tế xã, cổng sau")
    is_seen(lan, "referral")
    lan.click("main button.main")
    parent.hears("Trạm y tế xã, cổng sau")
    expect(lan.locator("[data-part=follow]", has_text="cổng sau")).to_be_visible()

    lan.click("summary:has-text('Đóng ca')")
    lan.select_option("#outcome", "emergency")
    lan.fill("#summary", "đã vào viện")
    lan.click("button:has-text('Đóng ca')")
    parent.hears("giúp anh/chị được nhiều không")
    parent.presses("2")
    parent.hears("nói thật")
    parent.hears("Lúc bắt đầu")
    parent.presses("🙁")
    parent.hears("bây giờ")
    parent.presses("😐")
    parent.hears("Mầm vẫn ở đây")
    parent.presses("Nói tiếp với tư vấn viên")
    parent.hears(f"vẫn số {number}")
    lan.goto(f"/console/{number}/")
    follow = lan.locator("[data-part=follow]")
    expect(follow).to_contain_text("Ba mẹ chấm 2/5. Lúc đầu 2/5, lúc cuối 3/5.")
    expect(follow).to_contain_text("Mở lại 1 lần")


def test_what_nobody_takes_is_told_as_late_to_the_supervisor(
    place: Place, new_parent: Callable[[], Parent]
) -> None:
    thu, parent = place.thu, new_parent()
    her_phone = place.phone_of(thu)
    thu.goto("/console/board/")
    parent.agrees()
    parent.says(DANGER)
    number = place.case_of(parent)
    is_listed = thu.locator(f"main a[href='/console/{number}/']").first
    expect(is_listed).to_be_visible(timeout=20_000)
    # Fifteen minutes, twenty times as fast.
    begun = time.monotonic()
    her_phone.hears(f"Ca {number} đã trễ hạn", 90)
    assert time.monotonic() - begun > 15
    place.server.wait_for(lambda: place.server.number_of(GROUP, f"Ca {number} đã trễ hạn"))
    parent.hears("vẫn chưa có tư vấn viên nào nhận")
    late = thu.locator(".numbers div", has_text="Trễ").first.locator("dd")
    expect(late).not_to_have_text("0", timeout=20_000)
    is_seen(thu, "board")
    place.minh.goto("/console/?scope=waiting")
    expect(place.minh.locator(".badge", has_text="trễ").first).to_be_visible(timeout=20_000)


def test_outside_hours_the_parent_hears_when_and_who_is_on_call_is_called(
    place: Place, new_parent: Callable[[], Parent]
) -> None:
    thu, today = place.thu, timezone.localdate()
    thu.goto("/console/settings/")
    is_seen(thu, "settings")
    thu.fill("#id_day", today.isoformat())
    thu.fill("#id_name", "Ngày nghỉ của cơ quan")
    thu.click("button:has-text('Thêm ngày')")
    expect(thu.locator("td", has_text="Ngày nghỉ của cơ quan")).to_be_visible()
    minhs_phone = place.phone_of(place.minh)
    thu.goto("/console/roster/")
    thu.select_option("#id_user", label=MINH)
    thu.fill("#id_day", today.isoformat())
    thu.fill("#id_starts", "00:00")
    thu.fill("#id_ends", "23:59")
    thu.check("#id_is_on_call")
    thu.click("main button.main")
    expect(thu.locator("td", has_text="trực ngoài giờ")).to_be_visible()
    is_seen(thu, "roster")

    waiting = new_parent()
    waiting.agrees()
    waiting.says("cho em gặp tư vấn viên với ạ")
    waiting.hears("tư vấn viên")
    waiting.presses("Gặp tư vấn viên")
    told = waiting.hears("ngoài giờ làm việc")
    assert "có mặt từ" in told
    assert "115" in told

    urgent = new_parent()
    urgent.agrees()
    urgent.says(DANGER)
    number = place.case_of(urgent)
    minhs_phone.hears(f"Ca khẩn ngoài giờ: ca {number}")
