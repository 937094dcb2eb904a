"""Trainers see what counsellors found wrong: questions without names, never a case."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.counselling.models import Case, Mark
from bot.families.services import erase_family
from bot.programme.models import Article
from tests.counselling.family import staff

pytestmark = pytest.mark.django_db
PAGE = "counselling:marks"


@pytest.fixture
def marks(case: Case, lan: User) -> list[Mark]:
    article = Article.shown().first()
    assert article is not None
    label = Mark.objects.create(
        case=case, kind="wrong_label", was="see_doctor_soon", question="bé [tên] hơi ấm", by=lan
    )
    wrong = Mark.objects.create(
        case=case, kind="wrong_article", was=article.slug, question="<b>ăn dặm</b>", by=lan
    )
    return [label, wrong]


def test_a_trainer_sees_questions_and_the_article_and_no_case(
    client: Client, marks: list[Mark]
) -> None:
    client.force_login(staff("tin", "trainer"))
    page = client.get(reverse(PAGE)).content.decode()
    article = Article.objects.get(slug=marks[1].was)
    assert "nên đi khám sớm" in page
    assert reverse("wagtailsnippets_programme_article:edit", args=[article.pk]) in page
    assert "&lt;b&gt;ăn dặm&lt;/b&gt;" in page
    assert marks[0].case is not None
    assert reverse("counselling:case", args=[marks[0].case.pk]) not in page
    assert "lan" not in page.replace("lang=", "")
    assert client.get(reverse("counselling:case", args=[marks[0].case.pk])).status_code == 403


def test_the_list_is_filtered_by_kind_and_by_what_was_seen_to(
    client: Client, marks: list[Mark]
) -> None:
    client.force_login(staff("tin", "trainer"))
    page = client.get(reverse(PAGE), {"kind": "wrong_label"}).content.decode()
    assert "hơi ấm" in page
    assert "ăn dặm&lt;" not in page
    settle = reverse("counselling:settle_mark", args=[marks[0].pk])
    assert client.get(settle).status_code == 405
    assert client.post(settle, {"done": "1"}).status_code == 302
    assert "hơi ấm" not in client.get(reverse(PAGE)).content.decode()
    assert "hơi ấm" in client.get(reverse(PAGE), {"done": "1"}).content.decode()
    client.post(settle, {"done": "0"})
    assert "hơi ấm" in client.get(reverse(PAGE)).content.decode()


def test_an_auditor_sees_no_marks(client: Client, marks: list[Mark]) -> None:
    client.force_login(staff("kiem", "auditor"))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse("counselling:settle_mark", args=[marks[0].pk])).status_code == 403


def test_the_question_goes_when_the_family_erases_its_data(
    case: Case, marks: list[Mark], client: Client
) -> None:
    assert case.family is not None
    erase_family(case.family)
    assert set(Mark.objects.values_list("question", flat=True)) == {""}
    client.force_login(staff("tin", "trainer"))
    assert "(không còn)" in client.get(reverse(PAGE)).content.decode()
