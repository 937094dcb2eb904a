"""Public pages: an article as it is read, the list, what machines read, the drawings."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from bot.programme.models import Article
from bot.programme.pictures import all_pictures, pictures_of

pytestmark = pytest.mark.django_db
SLUG = "an-dam-bat-dau-khi-nao"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return (
        "".join(part.decode() for part in answer) if answer.streaming else answer.content.decode()
    )


def test_an_article_is_whole_says_that_nobody_reviewed_it_and_names_its_sources(
    client: Client,
) -> None:
    text = page(client, f"/bai/{SLUG}/")
    article = Article.objects.get(slug=SLUG)
    assert article.title in text
    assert "Khi nào cần đi khám" in text
    assert "chưa có chuyên gia nào đứng tên duyệt" in text
    assert all(source.url.split("&")[0] in text for source in article.source_list())
    assert f"/?bai={SLUG}" in text


def test_what_machines_read_is_sound_json_and_cannot_end_its_element(client: Client) -> None:
    Article.objects.filter(slug=SLUG).update(title="Ăn dặm </script><b>&")
    text = page(client, f"/bai/{SLUG}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    assert json.loads(found[1])["headline"] == "Ăn dặm </script><b>&"
    assert "<b>" not in text


def test_what_is_not_published_is_not_there(client: Client) -> None:
    Article.objects.filter(slug=SLUG).update(live=False)
    assert client.get(f"/bai/{SLUG}/").status_code == 404
    assert f"/bai/{SLUG}/" not in page(client, "/sitemap.xml")
    assert client.get("/bai/khong-co/").status_code == 404


def test_all_published_articles_are_listed_found_and_in_the_sitemap(client: Client) -> None:
    live = Article.objects.filter(live=True).count()
    assert page(client, "/sitemap.xml").count("<loc>") == live
    assert page(client, "/bai/").count('href="/bai/') >= live
    assert f'href="/bai/{SLUG}/"' in page(client, "/bai/?q=be+may+thang+thi+an+dam")
    assert page(client, "/bai/rss.xml").count("<item>") == 30


def test_a_question_the_library_has_nothing_on_is_told_so(client: Client) -> None:
    nothing = "chưa có bài nào đúng điều này"
    assert nothing in page(client, "/bai/?q=zzzz+qqqq+xxxx")
    assert nothing in page(client, "/bai/?q=giá+vàng+hôm+nay+bao+nhiêu")
    assert nothing not in page(client, "/bai/?q=be+may+thang+thi+an+dam")


def test_what_is_past_its_validity_is_not_shown(client: Client) -> None:
    Article.objects.filter(slug=SLUG).update(has_validity=True, valid_to="2020-01-01")
    assert client.get(f"/bai/{SLUG}/").status_code == 404
    assert f"/bai/{SLUG}/" not in page(client, "/sitemap.xml")


def test_danger_in_the_search_box_is_answered_by_its_card_and_kept_out_of_caches(
    client: Client,
) -> None:
    answer = client.get("/bai/", {"q": "be 8 thang sot 39 co giat"})
    assert "nằm nghiêng" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_every_drawing_has_words_a_file_for_telegram_and_a_place(client: Client) -> None:
    from bot.programme.models import EmergencyCard

    known = {
        *Article.objects.values_list("slug", flat=True),
        *EmergencyCard.objects.values_list("slug", flat=True),
    }
    pictures = all_pictures()
    assert len(pictures) >= 20
    for picture in pictures.values():
        assert picture.title
        assert len(picture.alt) > 40
        assert picture.png.stat().st_size < 80_000
        assert picture.svg.stat().st_size < 15_000
        assert set(picture.slugs) <= known, picture.name
        text = picture.svg.read_text(encoding="utf-8")
        assert not re.search(r"<script|<image|<foreignObject|href=|\son\w+=|url\((?!#)", text)
    assert {path.stem for path in Path("data/programme/pictures").glob("*.svg")} == set(pictures)


def test_a_drawing_is_served_as_svg_and_shown_with_its_words(client: Client) -> None:
    slug = "ghe-o-to-cho-be"
    [picture] = pictures_of(slug)
    answer = client.get(f"/hinh/{picture.name}.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert picture.alt[:40] in page(client, f"/bai/{slug}/")
    assert client.get("/hinh/khong-co.svg").status_code == 404
