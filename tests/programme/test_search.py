"""A published article is found, at once; an unpublished one is not."""

import pytest

from bot.programme.cards import card_for
from bot.programme.models import Article
from bot.programme.reading import read_article
from bot.programme.search import search
from bot.programme.services.unanswered import without_names

SLUG = "an-dam-bat-dau-khi-nao"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["bé mấy tháng thì ăn dặm được ạ", "be 5 thang an dam dc chua"])
def test_a_question_finds_its_article_with_and_without_marks(text: str) -> None:
    result = search(text)
    assert result.decision == "answer"
    assert result.hits[0].slug == SLUG


@pytest.mark.django_db
def test_what_has_no_article_is_not_answered() -> None:
    assert search("cách thay nhớt xe tay ga tại nhà").decision != "answer"


@pytest.mark.django_db
def test_publishing_and_unpublishing_are_seen_by_the_next_search() -> None:
    article = Article.objects.get(slug=SLUG)
    article.questions += "\nhỏi kỳ lạ về cà rốt tím hấp"
    article.save()
    assert search("hỏi kỳ lạ về cà rốt tím hấp").hits[0].slug == SLUG
    article.live = False
    article.save()
    assert all(hit.slug != SLUG for hit in search("bé mấy tháng ăn dặm").hits)
    assert read_article(SLUG) is None


@pytest.mark.django_db
def test_the_age_chooses_the_variant_and_its_absence_asks() -> None:
    at_five, unknown = read_article(SLUG, child_months=5), read_article(SLUG)
    assert at_five is not None
    assert unknown is not None
    assert "dưới 6 tháng" in at_five.first[0]
    assert unknown.asks_age
    assert not at_five.asks_age


@pytest.mark.django_db
def test_every_urgent_label_has_a_card_with_numbers_filled_in() -> None:
    for label in ("medical_emergency", "child_abuse", "domestic_violence", "self_harm"):
        card = card_for({"label": label, "signs": []})
        assert card is not None
        assert "{hotline" not in card.body + card.dont + card.meanwhile
    convulsion = card_for({"label": "medical_emergency", "signs": ["convulsion"]})
    assert convulsion is not None
    assert "115" in convulsion.body


def test_names_and_numbers_are_taken_out_of_unanswered_questions() -> None:
    kept = without_names("Con chị Nguyễn Thị Hoa số 0912345678 hỏi gì")
    assert "Hoa" not in kept
    assert "0912345678" not in kept
    assert "hỏi gì" in kept


def test_words_that_begin_with_a_marked_letter_are_no_names() -> None:
    asked = "bé được 5 tháng ăn dặm ở đâu, đi ỉa ướt áo. Em hỏi anh Đức với chị Ánh Ngọc"
    assert without_names(asked) == (
        "bé được 5 tháng ăn dặm ở đâu, đi ỉa ướt áo. Em hỏi anh [tên] với chị [tên]"
    )
