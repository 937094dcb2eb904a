"""The pages that say why something is not shown: in Vietnamese, in the frame of every other page,
with a way on. How they look is seen by tests/browser/test_every_page.py.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from bot.site import views
from tests.site.faulty_urls import BROKEN, NOT_READ

SIGN_IN = "/dang-nhap/"


def page_of(answer: object) -> str:
    page = getattr(answer, "content", b"").decode()
    for part in ('<html lang="vi">', '<main id="main"', "site/site.css", "<h1>"):
        assert part in page, part
    return str(page)


@pytest.mark.urls("tests.site.faulty_urls")
@pytest.mark.django_db
def test_a_page_that_broke_says_so_and_gives_the_ambulance() -> None:
    answer = Client(raise_request_exception=False).get(BROKEN)
    assert answer.status_code == 500
    assert "Mầm gặp lỗi" in page_of(answer)
    assert "115" in page_of(answer)
    assert "RuntimeError" not in page_of(answer)


def test_the_page_of_a_fault_needs_no_database() -> None:
    # A test without the mark is refused every query.
    assert "Mầm gặp lỗi" in page_of(views.broken(RequestFactory().get("/")))


@pytest.mark.urls("tests.site.faulty_urls")
@pytest.mark.django_db
def test_a_request_that_cannot_be_read_is_told_so() -> None:
    answer = Client().get(NOT_READ)
    assert answer.status_code == 400
    assert "Mầm không đọc được" in page_of(answer)


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_no_page_of_django() -> None:
    answer = Client().get("/", HTTP_HOST="evil example")
    assert answer.status_code == 400
    assert "Mầm không đọc được" in page_of(answer)


@pytest.mark.django_db
def test_a_form_that_lay_open_too_long_is_told_to_load_the_page_anew() -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"username": "lan"})
    assert answer.status_code == 403
    assert "tải lại trang" in page_of(answer)
    assert "CSRF" not in page_of(answer)


@pytest.mark.django_db
def test_who_guessed_too_often_is_told_when_to_come_again() -> None:
    cache.clear()
    client = Client()
    for _ in range(8):
        answer = client.post(SIGN_IN, {"username": "lan", "password": "sai"})
    assert answer.status_code == 429
    assert "15 phút" in page_of(answer)
    cache.clear()


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_back_to_the_chat() -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    assert 'href="/"' in page_of(answer)
