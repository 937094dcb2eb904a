"""What did not help reaches the trainers however the article was reached; saved ones have pages."""

import pytest

from actions.articles import ActionShowArticle
from actions.feedback import ActionNotHelpful, ActionNotHelpfulBecause, ActionShowSaved
from actions.questions import ActionAnswer
from actions.welcome import ActionConsent
from bot.families.models import Family
from bot.families.services import save_article
from bot.messaging.services import record_result
from bot.programme.models import Article, UnansweredQuestion
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db
SLUG = "an-dam-bat-dau-khi-nao"


@pytest.fixture
def family(db: None) -> TalkingFamily:
    return TalkingFamily()


def kept() -> list[tuple[str, str]]:
    return list(UnansweredQuestion.objects.values_list("text", "reason"))


def test_a_typed_question_is_kept_with_the_reason_that_was_given(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "bé mấy tháng thì ăn dặm được ạ")
    family.presses(ActionNotHelpful(), slug=SLUG)
    family.presses(ActionNotHelpfulBecause(), slug=SLUG, reason="unclear")
    assert kept() == [("bé mấy tháng thì ăn dặm được ạ", "unclear")]


def test_an_article_of_a_menu_is_kept_by_its_title_once(family: TalkingFamily) -> None:
    family.presses(ActionShowArticle(), slug=SLUG)
    family.presses(ActionNotHelpful(), slug=SLUG)
    family.presses(ActionNotHelpfulBecause(), slug=SLUG, reason="incomplete")
    assert kept() == [(Article.objects.get(slug=SLUG).title, "incomplete")]


def test_a_title_keeps_its_capitals(family: TalkingFamily) -> None:
    slug = "vac-xin-viem-nao-nhat-ban"
    family.presses(ActionShowArticle(), slug=slug)
    family.presses(ActionNotHelpful(), slug=slug)
    assert kept()[0][0] == Article.objects.get(slug=slug).title


def test_a_question_whose_suggestion_was_pressed_is_kept_in_its_own_words(
    family: TalkingFamily,
) -> None:
    row = family.opens("con em ăn dặm sao đây")
    record_result(row.pk, articles=[{"slug": SLUG, "title": "x", "score": 0.4}], answer=None)
    family.presses(ActionShowArticle(), slug=SLUG)
    family.presses(ActionNotHelpfulBecause(), slug=SLUG, reason="other_question")
    assert kept() == [("con em ăn dặm sao đây", "other_question")]


def test_an_article_of_a_link_is_kept_by_its_title(db: None) -> None:
    family = TalkingFamily(consent=Family.Consent.ASKED)
    link = family.opens(f"/start bai-{SLUG}")
    record_result(link.pk, held=True)
    family.presses(ActionConsent(), choice="agreed")
    family.presses(ActionNotHelpful(), slug=SLUG)
    assert kept() == [(Article.objects.get(slug=SLUG).title, "not_helpful")]


def test_saved_articles_are_shown_eight_at_a_time_the_last_saved_first(
    family: TalkingFamily,
) -> None:
    slugs = list(Article.shown().values_list("slug", flat=True)[:10])
    owner = family.conversation.family
    assert owner is not None
    for slug in slugs:
        save_article(owner, slug)
    family.presses(ActionShowSaved())
    assert "1–8 trong 10" in family.texts[0]
    assert slugs[-1] in family.buttons[0][1]
    assert '"page": "1"' in dict(family.buttons)["Xem tiếp"]
    family.presses(ActionShowSaved(), page="1")
    assert "9–10 trong 10" in family.texts[0]
    assert "Xem tiếp" not in dict(family.buttons)
    assert '"page": "0"' in dict(family.buttons)["Quay lại"]
