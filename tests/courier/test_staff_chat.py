"""Counsellors in Telegram: who may press in the group, whose words reach a parent, who is no
parent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from bot.counselling.models import Case, CaseEvent
from bot.counselling.services import claim_case, close_case, release_case
from bot.counselling.services.linking import make_link_code, unlink_chat
from bot.courier.batch import BatchHandler
from bot.courier.sender import deliver, lease_due
from bot.families.models import Family
from bot.families.services import erase_family
from bot.messaging.channels.telegram.api import configured_api
from bot.messaging.channels.telegram.intake import take_in
from bot.messaging.channels.telegram.sender import TelegramSender
from bot.messaging.models import Channel, Conversation, InboundMessage, OutboundMessage
from bot.staff.models import AuditEvent, StaffProfile
from tests.bot_api import TOKEN, BotApiServer, message_of
from tests.counselling.family import handler_without_rasa, staff

pytestmark = pytest.mark.django_db
GROUP, PARENT, LAN, MINH = -100500, 71, 91, 92
DANGER = "be 8 thang sot 39 co giat"


@dataclass
class Telegram:
    """Updates go in as Telegram sends them, what is queued goes out by the Bot API."""

    server: BotApiServer
    handler: BatchHandler

    def take(self, update: dict[str, Any]) -> None:
        self.server.updates.clear()
        row = take_in(update)
        if row is not None:
            self.handler.handle(row.conversation)
        sender = TelegramSender(configured_api())
        while due := lease_due(20):
            for message in due:
                deliver(message, sender.send)

    def says(self, chat: int, text: str) -> None:
        self.take(self.server.says(chat, text))

    def replies(self, chat: int, part: str, text: str) -> None:
        number = self.server.number_of(chat, part)
        assert number, f"{part!r} was never sent"
        self.take(self.server.replies(chat, text, number))

    def presses(self, group: int, who: int, token: str) -> str:
        number = self.server.presses_in_group(group, who, token)
        self.take(self.server.updates[-1])
        return self.server.notice(number)

    def texts(self, chat: int) -> list[str]:
        return [str(m.get("text") or m.get("caption")) for m in self.server.sent_to(chat)]


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[Telegram]:
    with BotApiServer() as server:
        mam = replace(
            settings.MAM,
            telegram_token=TOKEN,
            telegram_api=server.url,
            counsellor_chat_id=GROUP,
            public_url="https://mam.example",
        )
        monkeypatch.setattr(settings, "MAM", mam)
        configured_api.cache_clear()
        yield Telegram(server, handler_without_rasa())
        configured_api.cache_clear()


@pytest.fixture
def lan() -> User:
    return linked("lan", LAN)


def linked(name: str, chat: int, role: str = "counsellor") -> User:
    user = staff(name, role)
    StaffProfile.objects.filter(user=user).update(telegram_chat=str(chat))
    return user


def alerted(telegram: Telegram) -> tuple[Case, str]:
    """An urgent case, and the token of the group's button that claims it."""
    telegram.says(PARENT, DANGER)
    case = Case.objects.get()
    alert = OutboundMessage.objects.filter(conversation__address=str(GROUP)).first()
    assert alert is not None
    return case, alert.buttons[0]["token"]


def test_the_alert_has_a_button_to_claim_and_one_that_opens_the_case(telegram: Telegram) -> None:
    case, _ = alerted(telegram)
    alert = OutboundMessage.objects.get(conversation__address=str(GROUP))
    assert [button["title"] for button in alert.buttons] == ["Nhận", "Xem"]
    assert alert.buttons[1]["url"] == f"https://mam.example/console/{case.pk}/"
    assert "co giat" not in telegram.texts(GROUP)[0]


def test_only_a_linked_counsellor_claims_in_the_group(telegram: Telegram, lan: User) -> None:
    case, token = alerted(telegram)
    linked("tin", MINH, "trainer")
    assert "chưa nối" in telegram.presses(GROUP, 5, token)
    assert "không xem được" in telegram.presses(GROUP, MINH, token)
    case.refresh_from_db()
    assert case.state == "waiting"
    assert f"đã nhận ca {case.pk}" in telegram.presses(GROUP, LAN, token)
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("claimed", lan)
    assert f"Ca {case.pk}: lan đã nhận." in telegram.texts(GROUP)
    assert f"Ca {case.pk} · ba mẹ: {DANGER}" in telegram.texts(LAN)


def test_the_second_to_press_is_told_and_another_group_is_not_heard(
    telegram: Telegram, lan: User
) -> None:
    _, token = alerted(telegram)
    linked("minh", MINH)
    assert telegram.presses(-999, LAN, token) == ""
    telegram.presses(GROUP, LAN, token)
    assert "nhận ca này trước" in telegram.presses(GROUP, MINH, token)


def test_a_reply_in_the_private_chat_is_the_counsellors_answer(
    telegram: Telegram, lan: User
) -> None:
    case, token = alerted(telegram)
    telegram.presses(GROUP, LAN, token)
    telegram.says(PARENT, "{link} bé tỉnh rồi")
    assert telegram.texts(LAN)[-1] == f"Ca {case.pk} · ba mẹ: {{link}} bé tỉnh rồi"
    telegram.replies(LAN, "bé tỉnh rồi", "Chị cho bé đi khám nhé")
    assert telegram.texts(PARENT)[-1] == "Chị cho bé đi khám nhé"
    assert telegram.texts(LAN)[-1] == f"Đã gửi cho ba mẹ · ca {case.pk}."
    said = OutboundMessage.objects.get(author="counsellor")
    assert (said.staff, said.conversation) == (lan, case.conversation)
    assert CaseEvent.objects.filter(case=case, kind="replied", by=lan).count() == 1
    trail = AuditEvent.objects.get(action="replied", case_number=case.pk)
    assert (trail.actor, trail.device) == (lan, "Telegram")
    assert not InboundMessage.objects.filter(text__contains="đi khám nhé").exists()


def test_who_does_not_hold_the_case_any_more_is_told_and_nothing_is_sent(
    telegram: Telegram, lan: User
) -> None:
    case, token = alerted(telegram)
    telegram.presses(GROUP, LAN, token)
    case.refresh_from_db()
    release_case(case, by=lan)
    claim_case(case, by=linked("minh", MINH))
    telegram.replies(LAN, DANGER, "gọi 115 nhé")
    assert "do người khác phụ trách" in telegram.texts(LAN)[-1]
    close_case(case, by=User.objects.get(username="minh"), outcome="answered")
    telegram.replies(LAN, DANGER, "gọi 115 nhé")
    assert "đã đóng" in telegram.texts(LAN)[-1]
    assert "gọi 115 nhé" not in telegram.texts(PARENT)


def test_pictures_and_voices_come_as_files_and_only_words_go_back(
    telegram: Telegram, lan: User
) -> None:
    _, token = alerted(telegram)
    telegram.presses(GROUP, LAN, token)
    voice = {"file_id": "tieng-be", "file_unique_id": "u", "duration": 3}
    telegram.take(
        telegram.server.push({"message": message_of(PARENT, 900, voice=voice)}),
    )
    sent = telegram.server.called("sendVoice")
    assert [(call.given["chat_id"], call.given["voice"]) for call in sent] == [
        (str(LAN), "tieng-be")
    ]
    original = {**message_of(LAN, sent[0].message_id), "text": "x"}
    reply = message_of(LAN, 901, voice=voice, reply_to_message=original)
    telegram.take(telegram.server.push({"message": reply}))
    assert "chỉ gửi được chữ" in telegram.texts(LAN)[-1]


def test_what_a_linked_counsellor_writes_is_no_parents_message(
    telegram: Telegram, lan: User
) -> None:
    telegram.says(LAN, DANGER)
    assert "chưa gửi cho ai" in telegram.texts(LAN)[-1]
    assert "chưa có ca nào" in telegram.texts(LAN)[-1]
    telegram.says(LAN, "/start")
    assert "đang nối với tài khoản tư vấn viên lan" in telegram.texts(LAN)[-1]
    assert not Family.objects.exists()
    assert not Case.objects.exists()
    telegram.says(LAN, "/thoi")
    assert "Đã thôi nối" in telegram.texts(LAN)[-1]
    telegram.says(LAN, DANGER)
    assert Case.objects.count() == 1, "now the same person is a parent"


def test_a_code_links_one_chat_once(telegram: Telegram) -> None:
    user = staff("hoa")
    code = make_link_code(user)
    telegram.says(LAN, f"/start nv_{code}")
    assert "Đã nối với tài khoản hoa" in telegram.texts(LAN)[-1]
    telegram.says(MINH, f"/start nv_{code}")
    assert "không dùng được" in telegram.texts(MINH)[-1]
    assert not Family.objects.exists()
    profile = StaffProfile.objects.get(user=user)
    assert profile.telegram_chat == str(LAN)
    telegram.says(LAN, f"/start nv_{make_link_code(staff('an'))}")
    assert "tài khoản khác" in telegram.texts(LAN)[-1]
    unlink_chat(profile)
    assert AuditEvent.objects.filter(action="telegram_linked").count() == 2
    assert str(LAN) not in str(list(AuditEvent.objects.values("detail", "actor_name")))


def test_linking_leaves_what_the_same_person_asked_as_a_parent_apart(telegram: Telegram) -> None:
    telegram.says(LAN, DANGER)
    telegram.says(LAN, f"/start nv_{make_link_code(staff('hoa'))}")
    channels = Conversation.objects.filter(address=str(LAN)).values_list("channel", flat=True)
    assert set(channels) == {Channel.TELEGRAM, Channel.STAFF}
    assert Conversation.objects.get(channel=Channel.STAFF, address=str(LAN)).family is None


def test_an_erased_family_is_gone_from_the_counsellors_chat_too(
    telegram: Telegram, lan: User
) -> None:
    case, token = alerted(telegram)
    telegram.presses(GROUP, LAN, token)
    case.refresh_from_db()
    assert case.family is not None
    erase_family(case.family)
    assert not OutboundMessage.objects.filter(text__contains="co giat").exists()
    telegram.replies(LAN, DANGER, "chị ơi")
    assert "chưa gửi cho ai" in telegram.texts(LAN)[-1]
