"""What a parent lives through on Telegram, from the first word to the erasure, on real parts."""

from __future__ import annotations

import json
from datetime import date, timedelta

import httpx
import pytest

from tests.bot_api import BotApiServer
from tests.running import Running
from tests.whole.parent import Parent

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
WEANING = "bé mấy tháng thì ăn dặm được ạ"


def test_a_question_asked_before_consent_is_answered_right_after_it(parent: Parent) -> None:
    parent.says(WEANING)
    notice = parent.hears("trợ lý tự động")
    assert "không phải bác sĩ" in notice
    parent.presses("Đồng ý")
    parent.hears("6 tháng")


def test_who_only_wants_to_ask_is_answered_and_told_what_is_kept(parent: Parent) -> None:
    parent.says("/start")
    parent.hears("trợ lý tự động")
    parent.presses("Chỉ hỏi, không lưu")
    parent.hears("24 giờ")
    parent.says(WEANING)
    parent.hears("6 tháng")


def test_an_answer_leads_to_more_to_the_doctor_and_to_its_sources(parent: Parent) -> None:
    parent.agrees()
    parent.says(WEANING)
    parent.hears("6 tháng")
    parent.presses("Thêm")
    parent.hears("")
    parent.presses("Khi nào cần đi khám")
    parent.hears("Khi nào cần đi khám:")
    parent.presses("Nguồn")
    sources = parent.hears("Bài này dựa vào")
    assert "chờ chuyên gia duyệt" in sources
    parent.presses("Chưa đúng ý")
    parent.hears("ghi lại để sửa")


def test_the_age_is_asked_below_the_general_answer_and_remembered(parent: Parent) -> None:
    parent.agrees()
    parent.says(WEANING)
    parent.hears("mấy tháng rồi")
    parent.says("dạ 5 tháng ạ")
    parent.hears("bé 5 tháng")
    parent.hears("dưới 6 tháng")
    parent.says(WEANING)
    parent.hears("dưới 6 tháng")
    assert not any("mấy tháng rồi" in text for text in parent.new_texts())


def test_with_two_children_mam_asks_which_one(parent: Parent) -> None:
    parent.agrees()
    born = date.today() - timedelta(days=160)  # noqa: DTZ011
    # A birth date is no estimate, so the next one told of is another child.
    for age, name in ((f"{born:%d/%m/%Y}", "Bông"), ("3 tuổi", "Tí")):
        parent.says("/be")
        parent.hears("sinh ngày nào")
        parent.says(age)
        parent.hears("sinh sớm")
        parent.presses("Đủ tháng")
        parent.hears("trai hay gái")
        parent.presses("Bỏ qua")
        parent.hears("gọi bé là gì")
        parent.says(name)
        parent.hears("nhớ rồi")
    parent.says(WEANING)
    parent.hears("cho bé nào")
    parent.presses("Bông")
    parent.hears("dưới 6 tháng")


def test_a_question_in_the_middle_of_the_form_is_answered(parent: Parent) -> None:
    parent.agrees()
    parent.says("/be")
    parent.hears("sinh ngày nào")
    assert not any("chưa hiểu" in text for text in parent.new_texts())
    parent.says(WEANING)
    parent.hears("6 tháng")
    parent.hears("sinh ngày nào")
    parent.says("/huy")
    parent.hears("dừng ở đây")


def test_what_has_no_answer_is_said_honestly_and_twice_offers_a_person(parent: Parent) -> None:
    parent.agrees()
    parent.says("cách sửa xe máy bị chết máy giữa đường ngập nước")
    parent.hears("")
    parent.says("sửa bộ chế hoà khí xe máy ở đâu rẻ")
    parent.hears("")
    assert not any("6 tháng" in text for text in parent.new_texts())


def test_a_person_is_called_after_one_confirmation(
    parent: Parent, bot_api: BotApiServer, running: Running
) -> None:
    parent.agrees()
    parent.says("/tuvanvien")
    parent.hears("Mình gọi nhé")
    parent.presses("Gặp tư vấn viên")
    told = parent.hears("đã báo tư vấn viên")
    assert "115" in told
    parent.says("/trolyao")
    parent.hears("Mầm vẫn ở đây")


def test_danger_is_answered_before_consent_and_the_group_is_alerted_without_words(
    parent: Parent, bot_api: BotApiServer
) -> None:
    from tests.conftest import GROUP

    before = len(bot_api.sent_to(GROUP))
    parent.says("be 8 thang sot 39 co giat mắt trợn ngược")
    parent.hears("nằm nghiêng")
    parent.hears("Không làm")
    parent.hears("đang gọi tư vấn viên")
    alert = str(bot_api.wait_for(lambda: [m["text"] for m in bot_api.sent_to(GROUP)[before:]][-1:]))
    assert "/console/" in alert
    assert "co giat" not in alert
    assert str(parent.chat) not in alert


def test_the_data_come_as_a_file_and_go_after_a_confirmation(
    parent: Parent, bot_api: BotApiServer
) -> None:
    parent.agrees()
    parent.says("con em 8 tháng")
    parent.hears("8 tháng")
    parent.says("/dulieu")
    parent.hears("mọi dữ liệu")
    assert any(
        str(call.given["chat_id"]) == str(parent.chat) for call in bot_api.called("sendDocument")
    )
    parent.says("/xoa")
    parent.hears("không lấy lại được")
    parent.presses("Giữ lại")
    parent.hears("giữ nguyên")
    parent.says("/xoa")
    parent.hears("không lấy lại được")
    parent.presses("Xoá")
    parent.hears("Đã xóa")
    parent.says("chào mầm")
    parent.hears("trợ lý tự động")


def test_buttons_of_one_chat_do_nothing_in_another(parent: Parent, bot_api: BotApiServer) -> None:
    parent.agrees()
    parent.says("/menu")
    parent.hears("chủ đề nào")
    _, token = parent.buttons()[-1]
    stranger = Parent(bot_api)
    stranger.agrees()
    stranger.heard_before = len(stranger.messages())
    bot_api.presses(stranger.chat, token)
    stranger.hears("không còn dùng được")


def test_groups_are_met_with_silence(bot_api: BotApiServer, running: Running) -> None:
    group = -4004
    bot_api.push(
        {
            "message": {
                "message_id": bot_api.message_number(),
                "date": 1_760_000_000,
                "chat": {"id": group, "type": "group", "title": "nhóm"},
                "from": {"id": 5, "is_bot": False, "first_name": "Ba"},
                "text": "be co giat",
            }
        }
    )
    witness = Parent(bot_api)
    witness.says("/help")
    witness.hears("/menu")
    assert bot_api.sent_to(group) == []


def test_stopping_and_starting_messages(parent: Parent) -> None:
    parent.agrees()
    parent.says("/dung")
    parent.hears("không chủ động nhắn")
    parent.says("/start")
    parent.hears("Mầm ở đây")
    assert json.loads(parent.messages()[0]["reply_markup"])


def test_an_article_is_kept_read_again_and_passed_on(parent: Parent, running: Running) -> None:
    parent.agrees()
    parent.says(WEANING)
    parent.hears("6 tháng")
    parent.presses("Lưu bài")
    parent.hears("đã lưu")
    parent.says("/menu")
    parent.hears("chủ đề nào")
    parent.presses("Chủ đề khác")
    parent.hears("chủ đề khác")
    parent.presses("Bài đã lưu")
    parent.hears("anh/chị đã lưu")
    parent.presses("Khi nào bé bắt đầu ăn dặm")
    parent.hears("6 tháng")
    parent.presses("Gửi người nhà")
    shared = parent.hears("ai cũng đọc được")
    assert "127.0.0.1" not in shared, "nobody else can open that"
    assert "t.me/mam_test_bot?start=bai-an-dam-bat-dau-khi-nao" in shared
    page = httpx.get(f"{running.url}/bai/an-dam-bat-dau-khi-nao/")
    assert page.status_code == httpx.codes.OK


def test_who_opens_a_link_hears_what_mam_is_and_then_the_article(parent: Parent) -> None:
    parent.says("/start bai-an-dam-bat-dau-khi-nao")
    parent.hears("trợ lý tự động")
    parent.presses("Đồng ý")
    parent.hears("6 tháng")


def test_why_an_answer_did_not_fit_is_one_tap(parent: Parent) -> None:
    parent.agrees()
    parent.says(WEANING)
    parent.hears("6 tháng")
    parent.presses("Chưa đúng ý")
    parent.hears("Chưa đúng ở chỗ nào")
    parent.presses("Khó hiểu")
    parent.hears("người soạn bài")


def test_who_has_not_said_what_it_is_about_is_led_to_an_article(parent: Parent) -> None:
    parent.agrees()
    parent.says("giúp em với ạ")
    parent.hears("chủ đề")
    parent.presses("Bú và ăn")
    parent.hears("1–8 trong")
    parent.presses("Xem tiếp")
    parent.hears("9–16 trong")
    parent.says("bé 10 tháng")
    parent.hears("chủ đề")
    parent.presses("Đi ngoài")
    parent.hears("hợp tuổi bé")
    parent.presses("Bé 9 tháng biết làm gì?")
    parent.hears("lạ người")


def test_a_dose_is_refused_and_the_article_stands_below(parent: Parent) -> None:
    parent.agrees()
    parent.says("thuốc hạ sốt cách mấy tiếng thì cho uống lại được")
    parent.hears("dược sĩ")
    parent.presses("Thuốc hạ sốt")
    parent.hears("hạ sốt")


def test_a_topic_is_read_eight_at_a_time_with_a_way_on_and_back(parent: Parent) -> None:
    parent.agrees()
    parent.says("/menu")
    parent.hears("chủ đề nào")
    parent.presses("An toàn")
    parent.hears("1–8 trong")
    parent.presses("Xem tiếp")
    parent.hears("9–16 trong")
    parent.presses("Quay lại")
    parent.hears("1–8 trong")


def test_a_drawing_comes_with_what_is_better_seen(parent: Parent) -> None:
    parent.says("con 9 thang hoc hat dau phong, mat tim, khong khoc duoc")
    parent.hears("115")
    sent = parent.server.wait_for(
        lambda: [
            call.given["caption"]
            for call in parent.server.called("sendPhoto")
            if call.given["chat_id"] == str(parent.chat)
        ],
        20,
    )
    assert "1 tuổi" in sent[0]
