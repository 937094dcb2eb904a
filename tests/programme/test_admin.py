"""The library in Wagtail: drafts stay drafts, faults are told at their field, lists are there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.programme.models import Article, EmergencyCard, Passage
from bot.programme.services import log_unanswered
from bot.staff.accounts import add_staff

pytestmark = pytest.mark.django_db
SLUG = "an-dam-bat-dau-khi-nao"


@pytest.fixture
def trainer() -> Client:
    add_staff("co-ha", role="trainer", password="mot-mat-khau-kha-dai")
    client = Client()
    client.force_login(User.objects.get())
    return client


def form_of(article: Article) -> dict[str, object]:
    """The form as a browser sends it back."""
    links = list(article.source_links.all())
    data: dict[str, object] = {
        name: getattr(article, name) if getattr(article, name) is not None else ""
        for name in (
            *("slug", "title", "topics", "note", "review_state", "reviewed_by", "domain"),
            *("age_from", "age_to", "questions", "related", "first", "more", "doctor"),
        )
    }
    data |= {"reviewed_on": "", "review_again": "2027-05-31", "valid_from": "", "valid_to": ""}
    for prefix, rows in (("variants", []), ("source_links", links)):
        data |= {
            f"{prefix}-TOTAL_FORMS": len(rows),
            f"{prefix}-INITIAL_FORMS": len(rows),
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
    for number, link in enumerate(links):
        data |= {
            f"source_links-{number}-id": link.pk,
            f"source_links-{number}-source": link.source_id,
            f"source_links-{number}-ORDER": number + 1,
        }
    return data


def edit_url(article: Article) -> str:
    return reverse("wagtailsnippets_programme_article:edit", args=[article.pk])


def test_the_list_is_there_in_vietnamese_with_filters(trainer: Client) -> None:
    url = reverse("wagtailsnippets_programme_article:list")
    page = trainer.get(url, {"domain": "nutrition", "age": "5"})
    assert page.status_code == 200
    assert "Khi nào bé bắt đầu ăn dặm" in page.text
    for name in ("Lĩnh vực", "Tuổi bé (tháng)", "Hạn xem lại"):
        assert name in page.text
    late = trainer.get(url, {"stale": "True"})
    assert "Khi nào bé bắt đầu ăn dặm" not in late.text


def test_a_draft_is_not_read_by_parents_until_it_is_published(trainer: Client) -> None:
    article = Article.objects.get(slug=SLUG)
    data = form_of(article) | {"title": "Tiêu đề còn là nháp"}
    assert trainer.post(edit_url(article), data).status_code == 302
    assert not Passage.objects.filter(text="Tiêu đề còn là nháp").exists()
    article.refresh_from_db()
    assert article.has_unpublished_changes
    published = trainer.post(edit_url(article), data | {"action-publish": "publish"})
    assert published.status_code == 302
    assert Passage.objects.filter(text="Tiêu đề còn là nháp").exists()
    assert Article.objects.get(slug=SLUG).title == "Tiêu đề còn là nháp"


def test_unpublishing_takes_it_out_of_the_search(trainer: Client) -> None:
    article = Article.objects.get(slug=SLUG)
    url = reverse("wagtailsnippets_programme_article:unpublish", args=[article.pk])
    assert trainer.post(url).status_code == 302
    assert not Passage.objects.filter(article=article).exists()


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("first", "x" * 701, "tối đa 700"),
        ("more", "Uống 250 mg mỗi lần", "Giống liều thuốc"),
        ("doctor", "Gọi 0912 345 678", "Số điện thoại"),
        ("questions", "một câu", "ít nhất 6"),
        ("related", "khong-co-bai-nay", "Không có bài"),
        ("review_state", "approved", "tên người duyệt"),
    ],
)
def test_a_fault_is_told_and_nothing_is_published(
    trainer: Client, field: str, value: str, fault: str
) -> None:
    article = Article.objects.get(slug=SLUG)
    data = form_of(article) | {field: value, "action-publish": "publish"}
    page = trainer.post(edit_url(article), data)
    assert page.status_code == 200
    assert fault in page.text
    assert getattr(Article.objects.get(slug=SLUG), field) != value


def test_a_preview_shows_the_bubble_with_numbers_filled_in(trainer: Client) -> None:
    article = Article.objects.get(slug=SLUG)
    url = reverse("wagtailsnippets_programme_article:preview_on_edit", args=[article.pk])
    assert trainer.post(url, form_of(article)).json()["is_valid"]
    page = trainer.get(url)
    assert "bubble" in page.text
    assert "115" in page.text
    assert "{hotline" not in page.text


def test_unanswered_questions_are_listed_and_exported(trainer: Client) -> None:
    log_unanswered("bé hay hát, cô Hoa bảo sao", reason="nothing", key="1", child_months=20)
    page = trainer.get(reverse("unanswered"))
    assert "bé hay hát" in page.text
    assert "Hoa" not in page.text
    export = trainer.get(reverse("unanswered"), {"export": "csv"})
    assert "bé hay hát" in b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_newer_release_waits_for_the_trainer_and_can_be_taken(trainer: Client) -> None:
    article = Article.objects.get(slug=SLUG)
    shipped = article.shipped_text
    Article.objects.filter(pk=article.pk).update(
        title="Sửa ở đây", newer_shipped_text=shipped.replace("tròn 6 tháng", "đủ 6 tháng")
    )
    assert "Sửa ở đây" in trainer.get(reverse("wagtailadmin_home")).text
    url = reverse("newer_shipped", args=["article", article.pk])
    assert "đủ 6 tháng" in trainer.get(url).text
    trainer.post(url, {"choice": "take"})
    article.refresh_from_db()
    assert "đủ 6 tháng" in article.first
    assert not article.newer_shipped_text
    assert Passage.objects.filter(article=article, text__contains="đủ 6 tháng").exists()


def test_cards_can_be_proposed_and_seen(trainer: Client) -> None:
    card = EmergencyCard.objects.get(slug="co-giat")
    page = trainer.get(reverse("wagtailsnippets_programme_emergencycard:edit", args=[card.pk]))
    assert "nằm nghiêng" in page.text


def test_a_counsellor_may_not_edit_the_library() -> None:
    add_staff("co-lan", role="counsellor", password="mot-mat-khau-kha-dai")
    client = Client()
    client.force_login(User.objects.get())
    assert client.get(reverse("wagtailsnippets_programme_article:list")).status_code == 302
