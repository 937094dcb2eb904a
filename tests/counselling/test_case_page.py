"""The page of a case: what it shows, what is done on it, and what is kept safe."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bot.counselling.checklists import checklists
from bot.counselling.models import Case, CaseCheck, CaseEvent, Draft, Label, Mark
from bot.counselling.queries import LABELS, with_waiting
from bot.counselling.services import (
    add_note,
    claim_case,
    mark_wrong,
    save_draft,
    send_article,
    set_label,
    touch_presence,
)
from bot.families.models import Child
from bot.families.services import erase_family
from bot.messaging.models import InboundMessage, OutboundMessage
from bot.messaging.services import queue_reply, receive, record_result, save_alert
from bot.programme.cards import current_cards, titles_of
from bot.staff.models import Team
from tests.counselling.desks import counsellor, make_case

pytestmark = pytest.mark.django_db
ALERT: dict[str, Any] = {"label": "medical_emergency", "urgent": True, "words": ["co giật"]}
SLUG = "tram-cam-sau-sinh-dau-hieu"
KEY = "ab" * 12


@pytest.fixture
def lan() -> User:
    return counsellor("lan")


@pytest.fixture
def minh() -> User:
    return counsellor("minh")


@pytest.fixture
def desk(client: Client, lan: User) -> Client:
    client.force_login(lan)
    return client


def page(client: Client, case: Case) -> str:
    answer = client.get(reverse("counselling:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def do(client: Client, name: str, case: Case, **fields: Any) -> Any:
    return client.post(reverse(f"counselling:{name}", args=[case.pk]), fields)


def spoken(case: Case) -> list[str]:
    rows = OutboundMessage.objects.filter(conversation=case.conversation_id, author="counsellor")
    return list(rows.values_list("text", flat=True))


def first_message(case: Case) -> InboundMessage:
    row = InboundMessage.objects.filter(conversation=case.conversation_id).first()
    assert row is not None
    return row


def test_the_words_that_raised_the_case_are_marked_and_nothing_is_markup(
    desk: Client, lan: User
) -> None:
    case = make_case("<img src=x onerror=alert(1)> bé Co giật rồi", reason="medical_emergency")
    claim_case(case, by=lan)
    save_alert(first_message(case), ALERT)
    shown = page(desk, case)
    assert "&lt;img src=x onerror=alert(1)&gt; bé <mark>Co giật</mark> rồi" in shown
    assert "<img src=x" not in shown


def test_the_signs_and_what_else_it_may_be_are_named(desk: Client, lan: User) -> None:
    case = make_case("bé bị giật, bố nó đánh", reason="medical_emergency")
    alert = {**ALERT, "rule": "lexicon", "signs": ["convulsion"], "also": ["child_abuse"]}
    save_alert(first_message(case), alert)
    claim_case(case, by=lan)

    shown = page(desk, case)

    (card,) = titles_of(["convulsion"], current_cards())
    assert f"theo luật dấu hiệu: {card}" in shown
    assert f"có thể còn: {LABELS['child_abuse']}" in shown


def test_hostile_words_are_text_in_every_part_of_the_page(desk: Client, lan: User) -> None:
    bad = "<script>alert('x')</script>"
    case = make_case(bad, "dòng hai")
    add_note(case, bad, by=lan)
    set_label(case, bad[:40], by=lan, is_on=True)
    save_draft(case, bad, by=lan)
    save_alert(first_message(case), {"label": "asked", "urgent": False, "words": [bad]})
    desk.post(reverse("counselling:canned"), {"title": bad, "text": f'"{bad}'})
    shown = page(desk, case)
    assert "&lt;script&gt;alert" in shown
    assert "<script>alert" not in shown
    assert 'data-insert="&quot;&lt;script&gt;' in shown


def test_age_and_corrected_age_stand_beside_the_talk(desk: Client) -> None:
    case = make_case("bé nhà em")
    assert case.family is not None
    born = timezone.localdate() - timedelta(days=200)
    Child.objects.create(family=case.family, birth_date=born, weeks_early=8)
    assert "6 tháng (hiệu chỉnh 4 tháng, sinh sớm 8 tuần)" in page(desk, case)


def test_articles_given_and_earlier_cases_are_named(desk: Client) -> None:
    case = make_case("em buồn quá")
    record_result(first_message(case).pk, answer={"slug": SLUG, "score": 0.8})
    earlier = Case.objects.create(
        family=case.family, reason="low_rating", priority="high", state="closed", outcome="answered"
    )
    shown = page(desk, case)
    assert "Bài đã gửi" in shown
    assert f"Ca {earlier.pk}</a> · chấm điểm thấp" in shown
    assert "đã giải đáp" in shown


def test_how_the_parent_writes_is_told(desk: Client) -> None:
    assert "viết không dấu" in page(desk, make_case("be nha em sot tu hom qua den gio"))
    assert "viết không dấu" not in page(desk, make_case("bé nhà em sốt từ hôm qua đến giờ"))


def test_failed_edited_and_pressed_messages_are_marked(desk: Client) -> None:
    case = make_case("bé sốt 38")
    conversation = case.conversation
    assert conversation is not None
    first = first_message(case)
    InboundMessage.objects.filter(pk=first.pk).update(
        text="bé sốt 39", detail={"before_edit": "bé sốt 38"}
    )
    sent = queue_reply(conversation, "Mầm đây", dedupe_key="k", buttons=[("Xem thêm", "/more")])
    receive(
        conversation.channel,
        conversation.address,
        external_id="b1",
        kind="button",
        detail={"token": sent.buttons[0]["token"]},
    )
    OutboundMessage.objects.filter(pk=sent.pk).update(state="failed")
    shown = page(desk, case)
    assert "Trước khi sửa: </span>bé sốt 38" in shown
    assert "bấm: Xem thêm" in shown
    assert "không gửi được" in shown


def test_a_reply_by_who_does_not_hold_the_case_is_refused_and_kept(
    desk: Client, lan: User, minh: User
) -> None:
    case = make_case()
    claim_case(case, by=minh)
    answer = do(desk, "reply", case, text="em chào chị", key=KEY)
    assert answer.status_code == 409
    assert "Nhận thay" in answer.content.decode()
    assert spoken(case) == []
    do(desk, "take_over", case)
    assert "em chào chị</textarea>" in page(desk, case), "what was typed waits in the box"
    assert CaseEvent.objects.filter(case=case, kind="taken_over", by=lan).count() == 1
    assert do(desk, "reply", case, text="em chào chị", key=KEY).status_code == 302
    assert spoken(case) == ["em chào chị"]
    assert not Draft.objects.exists(), "what is sent is no draft"


def test_two_tabs_of_one_person_send_the_same_reply_once(desk: Client, lan: User) -> None:
    case = make_case()
    claim_case(case, by=lan)
    first, second = page(desk, case), page(desk, case)
    key = first.split('name="key" id="reply-key" value="')[1].split('"')[0]
    assert f'value="{key}"' in second
    for _ in range(2):
        do(desk, "reply", case, text="em chào chị", key=key)
    assert spoken(case) == ["em chào chị"]
    assert f'id="reply-key" value="{key}"' not in page(desk, case), "the next reply has its own"


def test_a_draft_is_kept_for_its_writer_alone(desk: Client, lan: User, minh: User) -> None:
    case = make_case()
    assert do(desk, "draft", case, text="đang viết dở ").status_code == 204
    assert "đang viết dở " in page(desk, case)
    desk.force_login(minh)
    assert "đang viết dở" not in page(desk, case)
    desk.force_login(lan)
    do(desk, "draft", case, text="  ")
    assert not Draft.objects.exists()


def test_what_was_typed_goes_when_the_family_erases_its_data(desk: Client) -> None:
    case = make_case()
    do(desk, "draft", case, text="chị Hà ơi")
    assert case.family is not None
    erase_family(case.family)
    assert not Draft.objects.exists()


def test_colleagues_see_who_looks_and_who_types(desk: Client, minh: User) -> None:
    case = make_case()
    live = reverse("counselling:case_live", args=[case.pk])
    before = desk.get(live)["ETag"]
    touch_presence(case, by=minh, is_typing=False)
    assert "minh đang xem" in desk.get(live, HTTP_IF_NONE_MATCH=before).content.decode()
    touch_presence(case, by=minh, is_typing=True)
    assert "minh đang gõ…" in desk.get(live).content.decode()
    case.presences.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert "minh đang" not in desk.get(live).content.decode()


def test_the_page_tells_that_it_is_looked_at(desk: Client, lan: User) -> None:
    case = make_case()
    assert do(desk, "presence", case, typing="1").status_code == 204
    assert case.presences.get().typed_at is not None


def test_a_note_mentions_only_who_may_see_the_case(lan: User, minh: User) -> None:
    trainer = counsellor("hoa", role="trainer")
    note = add_note(make_case(), "nhờ @minh, @hoa và @khong-co xem", by=lan)
    assert list(note.mentions.all()) == [minh]
    assert trainer not in note.mentions.all()


def test_the_checklist_of_the_reason_is_ticked_and_unticked(desk: Client) -> None:
    case = make_case(reason="child_abuse")
    assert "Việc cần làm" in page(desk, case)
    do(desk, "check", case, item="child_abuse.believe")
    do(desk, "check", case, item="child_abuse.believe")
    assert [row.item for row in CaseCheck.objects.all()] == ["child_abuse.believe"]
    assert "lan đã làm" in page(desk, case)
    do(desk, "check", case, undo="child_abuse.believe")
    do(desk, "check", case, item="self_harm.plan")
    assert not CaseCheck.objects.exists()
    assert CaseEvent.objects.filter(case=case, kind="checked").count() == 2


def test_every_serious_reason_has_a_checklist() -> None:
    wanted = {
        *("child_abuse", "domestic_violence", "self_harm", "developmental_concern"),
        "caregiver_distress",
    }
    assert wanted <= set(checklists())
    assert all(len(points) >= 8 for points in checklists().values())


def test_labels_are_put_on_and_taken_off(desk: Client) -> None:
    case = make_case()
    do(desk, "label", case, on="  Chờ   khám ")
    do(desk, "label", case, on="chờ khám")
    assert [label.name for label in case.labels.all()] == ["Chờ khám"]
    do(desk, "label", case, off="Chờ khám")
    assert not case.labels.exists()
    assert Label.objects.count() == 1


def test_a_wrong_label_reaches_trainers_without_names(desk: Client) -> None:
    case = make_case("con tôi tên Nguyễn Thị Hồng Nhung bị co giật, gọi 0912345678")
    row = first_message(case)
    save_alert(row, ALERT)
    for _ in range(2):
        do(desk, "mark", case, mark=f"wrong_label:{row.pk}")
    mark = Mark.objects.get()
    assert mark.was == "medical_emergency"
    assert "0912345678" not in mark.question
    assert "Nhung" not in mark.question
    assert "co giật" in mark.question


def test_an_article_that_did_not_fit_is_marked_and_nothing_else_is(desk: Client, lan: User) -> None:
    case = make_case("em buồn quá")
    row = first_message(case)
    assert mark_wrong(case, "wrong_article", row, by=lan) is None
    record_result(row.pk, answer={"slug": SLUG, "score": 0.8})
    do(desk, "mark", case, mark=f"wrong_article:{row.pk}")
    do(desk, "mark", case, mark=f"anything:{row.pk}")
    assert [(mark.kind, mark.was) for mark in Mark.objects.all()] == [("wrong_article", SLUG)]


def test_a_message_of_another_family_cannot_be_marked(desk: Client) -> None:
    case, other = make_case(), make_case("của nhà khác")
    save_alert(first_message(other), ALERT)
    answer = do(desk, "mark", case, mark=f"wrong_label:{first_message(other).pk}")
    assert answer.status_code == 404


def test_an_article_is_sent_once_in_a_bubble_of_mams_and_counts_as_an_answer(
    desk: Client, lan: User
) -> None:
    case = make_case("em buồn quá")
    claim_case(case, by=lan)
    for _ in range(2):
        send_article(case, SLUG, by=lan, key=KEY)
    sent = OutboundMessage.objects.filter(conversation=case.conversation_id, staff=lan)
    said = list(sent.values_list("text", flat=True))
    assert {row.author for row in sent} == {"assistant"}
    assert "trầm cảm sau sinh" in said[0]
    assert len(said) == len(set(said))
    case.refresh_from_db()
    assert case.first_response_at is not None
    assert case.state == "waiting_for_parent"
    assert with_waiting(Case.objects.filter(pk=case.pk)).get().waiting_since is None
    assert "Mầm (lan gửi)" in " ".join(page(desk, case).split())


def test_an_article_that_is_gone_or_another_holder_sends_nothing(
    desk: Client, lan: User, minh: User
) -> None:
    case = make_case()
    claim_case(case, by=minh)
    url = reverse("counselling:send_article", args=[case.pk]) + f"?key={KEY}"
    desk.post(url, {"slug": SLUG})
    desk.force_login(minh)
    answer = desk.post(url, {"slug": "khong-co-bai-nay"}, follow=True)
    assert "không còn trong thư viện" in answer.content.decode()
    assert spoken(case) == []


def test_a_refusal_needs_its_reason_and_snoozing_a_time(desk: Client, lan: User) -> None:
    case = make_case()
    claim_case(case, by=lan)
    assert do(desk, "refuse", case, reason=" ").status_code == 422
    assert do(desk, "snooze", case, until="2001-01-01T10:00").status_code == 422
    assert do(desk, "refuse", case, reason="quen gia đình").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("waiting", None)


@pytest.mark.parametrize(
    "name",
    [
        "draft",
        "presence",
        "label",
        "check",
        "mark",
        "send_article",
        "assign",
        "refuse",
        "take_over",
        "snooze",
    ],
)
def test_nobody_acts_on_a_case_that_they_may_not_see(desk: Client, name: str) -> None:
    from bot.staff.models import Team

    case = make_case(team=Team.objects.create(name="đội khác"))
    assert do(desk, name, case).status_code == 404
    assert desk.get(reverse("counselling:suggestions", args=[case.pk])).status_code == 404


def test_a_longer_talk_needs_no_more_queries(desk: Client, lan: User) -> None:
    counts = []
    for length in (2, 40):
        texts = [f"tin {number}" for number in range(length)]
        case = make_case(*texts, reason="child_abuse")
        claim_case(case, by=lan)
        for number in range(length):
            add_note(case, f"ghi {number}", by=lan)
        with CaptureQueriesContext(connection) as queries:
            page(desk, case)
        counts.append(len(queries))
    # Twenty times as many messages and notes; a query for each would be many more.
    assert counts[1] <= counts[0] + 5 <= 70


def test_a_counsellor_raises_a_case_once(desk: Client) -> None:
    case = make_case()
    address = reverse("counselling:raise", args=[case.pk])
    desk.post(address, {"priority": "high"})
    case.refresh_from_db()
    assert case.priority == "high"
    answer = desk.post(address, {"priority": "high"}, follow=True)
    assert "đã ở mức đó hoặc cao hơn" in answer.content.decode()
    assert CaseEvent.objects.filter(case=case, kind="raised").count() == 1


def test_the_holder_gives_a_case_to_another_team(desk: Client, lan: User) -> None:
    case, north = make_case(), Team.objects.create(name="Đội Bắc")
    claim_case(case, by=lan)
    desk.post(reverse("counselling:move", args=[case.pk]), {"team": north.pk})
    case.refresh_from_db()
    assert case.team == north
    desk.post(reverse("counselling:move", args=[case.pk]), {"team": "999999"})
    case.refresh_from_db()
    assert case.team == north, "a team that is not there is no team"
