"""Counsellors in Telegram: an alert is claimed and the parent answered there, on real parts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest

from tests.bot_api import BotApiServer
from tests.conftest import GROUP
from tests.running import Running
from tests.whole.parent import Parent

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(600)]
PASSWORD = "dong-ho-xanh-9"
DANGER = "be 8 thang sot 39 co giat mắt trợn ngược"
_numbers = itertools.count(9001)


@dataclass
class Counsellor:
    """An account, its browser, and a private chat with the bot."""

    running: Running
    server: BotApiServer
    name: str
    chat: int = field(default_factory=lambda: next(_numbers))

    def __post_init__(self) -> None:
        self.running.add_staff(self.name, "counsellor", PASSWORD)
        self.browser = httpx.Client(base_url=self.running.url, follow_redirects=True)
        page = self.browser.get("/dang-nhap/").text
        data = {"username": self.name, "password": PASSWORD, "csrfmiddlewaretoken": token_in(page)}
        assert self.browser.post("/dang-nhap/", data=data).status_code == httpx.codes.OK

    def post(self, path: str, **data: str) -> httpx.Response:
        page = self.browser.get("/console/telegram/").text
        return self.browser.post(path, data={**data, "csrfmiddlewaretoken": token_in(page)})

    def links(self) -> None:
        """By the link of the account's page."""
        page = self.post("/console/telegram/").text
        link = re.search(r"https://t\.me/mam_test_bot\?start=(nv_[\w-]+)", page)
        assert link, page
        self.server.says(self.chat, f"/start {link[1]}")
        self.hears("Đã nối với tài khoản")

    def hears(self, part: str, seconds: float = 20) -> str:
        return str(
            self.server.wait_for(
                lambda: next((t for t in reversed(self.texts()) if part in t), None), seconds
            )
        )

    def texts(self) -> list[str]:
        sent = self.server.sent_to(self.chat)
        return [str(message.get("text") or message.get("caption") or "") for message in sent]

    def presses_claim(self, token: str) -> str:
        """In the group; gives what is shown to the one who presses."""
        number = self.server.presses_in_group(GROUP, self.chat, token)
        return str(self.server.wait_for(lambda: self.server.notice(number)))

    def replies(self, part: str, text: str) -> None:
        """To the newest message that holds `part`."""
        number = self.server.wait_for(lambda: self.server.number_of(self.chat, part))
        self.server.replies(self.chat, text, number)


@pytest.fixture
def counsellor(running: Running, bot_api: BotApiServer) -> Callable[[str], Counsellor]:
    return lambda name: Counsellor(running, bot_api, name)


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page
    return found[1]


def alert_of(parent: Parent, server: BotApiServer) -> tuple[int, str]:
    """The case's number and the token of the button to claim it, from the group."""
    number = int(str(parent.hears("đang gọi tư vấn viên")).split("số ")[1].split(")")[0])
    token = server.wait_for(lambda: server.button_of(GROUP, f"Ca {number} · "))
    return number, str(token)


def test_from_the_alert_to_the_rating_and_back_without_a_browser(
    parent: Parent, bot_api: BotApiServer, counsellor: Callable[[str], Counsellor]
) -> None:
    hoa = counsellor("hoa-telegram")
    parent.agrees()
    parent.says(DANGER)
    number, token = alert_of(parent, bot_api)
    assert "chưa nối" in hoa.presses_claim(token)
    hoa.links()
    assert f"đã nhận ca {number}" in hoa.presses_claim(token)
    bot_api.wait_for(lambda: bot_api.number_of(GROUP, f"Ca {number}: hoa-telegram đã nhận"))
    assert DANGER in hoa.hears(f"Ca {number} · ba mẹ: ")
    parent.hears("Tư vấn viên đã vào")

    parent.says("bé tỉnh rồi chị ạ, em làm gì tiếp")
    forwarded = hoa.hears("em làm gì tiếp")
    assert forwarded == f"Ca {number} · ba mẹ: bé tỉnh rồi chị ạ, em làm gì tiếp"
    assert str(parent.chat) not in "".join(hoa.texts())
    hoa.replies("em làm gì tiếp", "Chị đưa bé đi khám ngay nhé")
    parent.hears("Chị đưa bé đi khám ngay nhé")
    hoa.hears(f"Đã gửi cho ba mẹ · ca {number}")
    assert "Chị đưa bé đi khám ngay nhé" in hoa.browser.get(f"/console/{number}/").text

    bot_api.push(
        {
            "message": {
                "message_id": bot_api.message_number(),
                "date": 1_760_000_000,
                "chat": {"id": parent.chat, "type": "private", "first_name": "Ba"},
                "from": {"id": parent.chat, "is_bot": False, "first_name": "Ba"},
                "voice": {"file_id": "tieng-be", "file_unique_id": "u", "duration": 3},
            }
        }
    )
    bot_api.wait_for(
        lambda: [
            call
            for call in bot_api.called("sendVoice")
            if str(call.given["chat_id"]) == str(hoa.chat) and call.given["voice"] == "tieng-be"
        ]
    )

    closed = hoa.post(f"/console/{number}/close/", outcome="emergency", summary="đã đi viện")
    assert closed.status_code == httpx.codes.OK
    parent.hears("72 giờ")
    parent.hears("giúp anh/chị được nhiều không")
    hoa.replies("em làm gì tiếp", "chị ơi")
    hoa.hears("đã đóng")
    parent.presses("2")
    parent.hears("nói thật")
    parent.hears("Lúc bắt đầu")
    parent.presses("🙁")
    parent.hears("bây giờ")
    parent.presses("😐")
    parent.hears("Mầm vẫn ở đây")
    parent.presses("Nói tiếp với tư vấn viên")
    parent.hears(f"vẫn số {number}")
    hoa.hears(f"Ba mẹ của ca {number} muốn nói tiếp")
    page = hoa.browser.get(f"/console/{number}/").text
    assert "Ba mẹ chấm 2/5" in page
    assert "Mở lại 1 lần" in page


def test_who_was_second_is_told_and_may_not_answer(
    parent: Parent, bot_api: BotApiServer, counsellor: Callable[[str], Counsellor]
) -> None:
    first, second = counsellor("an-telegram"), counsellor("binh-telegram")
    first.links()
    second.links()
    parent.agrees()
    parent.says(DANGER)
    number, token = alert_of(parent, bot_api)
    assert "đã nhận" in first.presses_claim(token)
    assert "nhận ca này trước" in second.presses_claim(token)
    parent.says("chị ơi bé thở mệt lắm rồi")
    first.hears("thở mệt lắm rồi")
    assert not any("thở mệt" in text for text in second.texts())
    first.post(f"/console/{number}/release/")
    assert "đã nhận" in second.presses_claim(token)
    first.replies("thở mệt lắm rồi", "gọi 115 ngay chị nhé")
    first.hears("do người khác phụ trách")
    second.replies("thở mệt lắm rồi", "em gọi 115 giúp chị nhé")
    parent.hears("em gọi 115 giúp chị nhé")
    assert not any("gọi 115 ngay chị nhé" in text for text in parent.new_texts())


def test_a_strange_group_and_a_linked_chat_are_no_parents(
    bot_api: BotApiServer, running: Running, counsellor: Callable[[str], Counsellor]
) -> None:
    nga = counsellor("nga-telegram")
    nga.links()
    bot_api.says(nga.chat, "be 8 thang sot 39 co giat")
    assert "chưa gửi cho ai" in nga.hears("Tin này chưa gửi")
    assert not any("115" in text for text in nga.texts())
    bot_api.says(nga.chat, "/start")
    nga.hears("đang nối với tài khoản tư vấn viên nga-telegram")
    before = len(bot_api.called("answerCallbackQuery"))
    bot_api.presses_in_group(-777, nga.chat, "x")
    bot_api.says(nga.chat, "/thoi")
    nga.hears("Đã thôi nối")
    assert len(bot_api.called("answerCallbackQuery")) == before
    bot_api.says(nga.chat, "/start")
    nga.hears("trợ lý tự động")


def test_a_code_links_once(bot_api: BotApiServer, counsellor: Callable[[str], Counsellor]) -> None:
    chi, stranger = counsellor("chi-telegram"), next(_numbers)
    page = chi.post("/console/telegram/").text
    code = re.search(r"/start (nv_[\w-]+)", page)
    assert code
    bot_api.says(chi.chat, f"/start {code[1]}")
    chi.hears("Đã nối")
    bot_api.says(stranger, f"/start {code[1]}")
    bot_api.wait_for(lambda: bot_api.number_of(stranger, "Mã nối này không dùng được"))
