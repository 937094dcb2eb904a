"""What is offered to a counsellor: sentences, checklists, suggestions; how a parent writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.counselling.canned import fill, read_replies, ready_replies, shipped_replies
from bot.counselling.checklists import read_checklists
from bot.counselling.models import CannedReply, Case
from bot.counselling.services import claim_case, close_case, send_reply
from bot.counselling.suggestions import past_replies, question_of, suggested_articles
from bot.counselling.wording import Style, marked_pieces, style_of
from bot.families.models import Child
from bot.programme.errors import FileFault
from tests.counselling.desks import counsellor, make_case


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("bé co giật, CO GIẬT!", ["co giật"], ["co giật", "CO GIẬT"]),
        ("bé bị đánh vào đầu", ["đánh", "đánh vào đầu"], ["đánh vào đầu"]),
        ("(a+b)*c", ["(a+b)"], []),
        ("bình thường", [""], []),
        ("chết mệt", ["chế"], []),
    ],
)
def test_words_are_marked_whole_and_the_text_stays_the_text(
    text: str, words: list[str], marked: list[str]
) -> None:
    pieces = marked_pieces(text, words)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_marked in pieces if is_marked] == marked


@pytest.mark.parametrize(
    ("texts", "styles"),
    [
        (["be nha em sot tu hom qua den gio"], {Style.NO_MARKS}),
        (["con ko chịu ăn, e hk bít làm s", "vs cả bé ko ngủ dc"], {Style.SHORT}),
        (["má con tui hông chịu ăn nè", "vầy có sao hông"], {Style.SOUTHERN}),
        (["răng con bị rứa", "chừ làm chi hỉ"], {Style.CENTRAL}),
        (["thế bé nhà tớ ăn thế nào nhỉ"], {Style.NORTHERN}),
        (["bé mọc răng, đau răng quá, răng hàm"], set()),
        (["ok"], set()),
        ([], set()),
    ],
)
def test_how_a_parent_writes_is_named_only_when_it_shows(
    texts: list[str], styles: set[Style]
) -> None:
    assert set(style_of(texts)) == styles


def test_shipped_sentences_are_whole_and_enough() -> None:
    replies = shipped_replies()
    assert len(replies) >= 15
    assert len({one.title for one in replies}) == len(replies)


@pytest.mark.django_db
def test_a_ready_sentence_is_filled_in_for_the_case() -> None:
    lan, case = counsellor("lan"), make_case(reason="child_abuse")
    assert case.family is not None
    Child.objects.create(family=case.family, nickname="Tôm", birth_date=timezone.localdate())
    assert fill("{be}", case, lan) == "bé", "a name is for who holds the case"
    claim_case(case, by=lan)
    text = fill("{ten_tu_van}: ca {so_ca}, {be} {tuoi}, gọi {hotline:111}, {la}", case, lan)
    assert text == f"lan: ca {case.pk}, Tôm 0 tháng, gọi 111, {{la}}"
    assert fill("{hotline:khong-co}", case, lan) == "khong-co"


@pytest.mark.django_db
def test_sentences_for_other_reasons_and_of_other_people_are_not_offered() -> None:
    lan, minh, case = counsellor("lan"), counsellor("minh"), make_case(reason="asked")
    CannedReply.objects.create(owner=minh, title="của minh", text="x")
    CannedReply.objects.create(owner=lan, title="của lan", text="x")
    CannedReply.objects.create(owner=lan, title="khi tự hại", text="x", reasons=["self_harm"])
    titles = [one.title for one in ready_replies(case, lan)]
    assert titles[0] == "của lan"
    assert not {"của minh", "khi tự hại", "Đi cấp cứu ngay"} & set(titles)


@pytest.mark.django_db
def test_ones_own_sentences_are_written_changed_and_deleted(client: Client) -> None:
    lan, minh = counsellor("lan"), counsellor("minh")
    client.force_login(lan)
    url = reverse("counselling:canned")
    assert client.post(url, {"title": "Chào", "text": ""}).status_code == 422
    client.post(url, {"title": "Chào", "text": "một"})
    client.post(url, {"title": "Chào", "text": "hai", "reasons": ["asked"]})
    row = CannedReply.objects.get()
    assert (row.text, row.reasons, row.owner) == ("hai", ["asked"], lan)
    assert 'value="Chào"' in client.get(url, {"edit": row.pk}).content.decode()
    client.force_login(minh)
    delete = reverse("counselling:canned_delete", args=[row.pk])
    assert client.post(delete).status_code == 404
    client.force_login(lan)
    client.post(delete)
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("asked:\n  - {item: a_b, text: x}\n", "cần đúng các mục"),
        ("no_such:\n  - {item: a_b, text: x, source: null}\n", "lý do lạ"),
        ("asked:\n  - {item: a_b, text: x, source: no-such}\n", "nguồn lạ"),
        ("asked:\n  - {item: A, text: x, source: null}\n", "không đúng dạng"),
        ("asked:\n  - {item: a_b, text: 'gọi {hotline:99}', source: null}\n", "số lạ"),
        ("asked:\n" + "  - {item: a_b, text: x, source: null}\n" * 2, "việc lặp lại"),
    ],
)
def test_a_wrong_checklist_names_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "checklists.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFault, match=fault):
        read_checklists(path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: {title: x, text: y}\n", "cần đúng các mục"),
        ("a: {title: x, text: 'chào {ai_do}', reasons: []}\n", "chỗ điền lạ"),
        ("a: {title: x, text: 'gọi {hotline:99}', reasons: []}\n", "số lạ"),
        ("a: {title: x, text: y, reasons: [nothing]}\n", "lý do lạ"),
    ],
)
def test_a_wrong_ready_sentence_names_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "canned.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFault, match=fault):
        read_replies(path)


GOOD = "Anh cho bé nằm nghiêng, lau miệng, ghi giờ rồi đưa bé đi khám nhé, em Nguyễn Văn Hùng đây."


def closed_case(*, rating: int | None, reply: str = GOOD, **fields: Any) -> Case:
    minh = counsellor(f"minh{Case.objects.count()}")
    case = make_case("bé sốt cao rồi co giật thì làm gì trước tiên")
    claim_case(case, by=minh)
    send_reply(case, reply, by=minh, key="k")
    close_case(case, by=minh, outcome="answered")
    Case.objects.filter(pk=case.pk).update(rating=rating, **fields)
    return case


@pytest.mark.django_db
def test_articles_are_suggested_for_what_the_parent_wrote_last() -> None:
    case = make_case("chào", "mẹ mới sinh buồn chán khóc hoài có phải trầm cảm sau sinh không")
    slugs = [one.slug for one in suggested_articles(case, question_of(case))]
    assert "tram-cam-sau-sinh-dau-hieu" in slugs


@pytest.mark.django_db
def test_past_replies_come_from_cases_rated_well_and_hold_no_name() -> None:
    lan = counsellor("lan")
    closed_case(rating=5)
    case = make_case("bé nhà em sốt cao co giật, em phải làm gì trước")
    found = past_replies(case, question_of(case), lan)
    assert len(found) == 1
    assert "nằm nghiêng" in found[0].text
    assert "Hùng" not in found[0].text


@pytest.mark.django_db
@pytest.mark.parametrize("rating", [None, 3])
def test_replies_of_cases_not_rated_well_are_not_offered(rating: int | None) -> None:
    lan = counsellor("lan")
    closed_case(rating=rating)
    case = make_case("bé nhà em sốt cao co giật, em phải làm gì trước")
    assert past_replies(case, question_of(case), lan) == []


@pytest.mark.django_db
def test_what_is_searched_with_holds_no_name_and_nothing_is_sent(client: Client) -> None:
    lan = counsellor("lan")
    case = make_case("tôi là Trần Thị Thu Hà, số 0912345678, bé biếng ăn quá")
    asked = question_of(case)
    assert "0912345678" not in asked
    assert "Thu Hà" not in asked
    claim_case(case, by=lan)
    client.force_login(lan)
    before = case.conversation.outbound.count() if case.conversation else 0
    answer = client.get(reverse("counselling:suggestions", args=[case.pk]))
    assert "Gửi bài này" in answer.content.decode()
    assert case.conversation is not None
    assert case.conversation.outbound.count() == before
