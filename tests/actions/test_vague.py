"""Who has not said what it is about is asked once, and led to the articles for the child's age."""

import pytest

from actions.children import ActionTellChild
from actions.handoff import ActionAffirm
from actions.questions import ActionAnswer
from actions.topics import ActionBrowseTopic
from actions.turn import TurnAction
from bot.programme.first_topics import CHECKPOINTS, checkpoint_of, first_topics, topic_articles
from bot.programme.models import Article, UnansweredQuestion
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db
TOPICS = [
    *("Bú và ăn", "Đi ngoài", "Ngủ và khóc", "Da, mắt, mũi", "Tiêm chủng", "Phát triển", "Khác"),
]


@pytest.fixture
def family(db: None) -> TalkingFamily:
    return TalkingFamily()


@pytest.mark.parametrize("text", ["giúp em với", "em hoi chut", "con em bị sao vậy", "bé 10 tháng"])
def test_one_question_comes_back_and_nothing_is_counted_against_it(
    family: TalkingFamily, text: str
) -> None:
    family.says(ActionAnswer(), text)
    assert [title for title, _ in family.buttons] == TOPICS
    assert not UnansweredQuestion.objects.exists()
    assert "failures" not in family.slots


def test_a_topic_shows_articles_for_the_age_that_was_told_and_its_checkpoint(
    family: TalkingFamily,
) -> None:
    family.says(ActionAnswer(), "bé 10 tháng")
    assert '"months": "10"' in dict(family.buttons)["Đi ngoài"]
    family.presses(ActionBrowseTopic(), topic="stool", months="10")
    payloads = " ".join(payload for _, payload in family.buttons)
    assert "tao-bon-6-24-thang" in payloads
    assert "phan-cua-be-bu-sua" not in payloads, "that is for babies under six months"
    assert "moc-phat-trien-9-thang" in payloads


def test_the_checkpoint_comes_only_with_an_age_that_was_told(family: TalkingFamily) -> None:
    family.presses(ActionBrowseTopic(), topic="stool", months="none")
    assert "moc-phat-trien" not in " ".join(payload for _, payload in family.buttons)


def test_a_long_topic_goes_on_and_back_with_its_age(family: TalkingFamily) -> None:
    family.presses(ActionBrowseTopic(), topic="feeding", months="7")
    assert "1–8 trong" in family.texts[0]
    assert '"months": "7", "page": "1"' in dict(family.buttons)["Xem tiếp"]
    family.presses(ActionBrowseTopic(), topic="feeding", months="7", page="1")
    assert "9–" in family.texts[0]
    assert '"page": "0"' in dict(family.buttons)["Quay lại"]


@pytest.mark.parametrize("action", [ActionTellChild(), ActionAnswer()])
def test_an_age_alone_is_noted_and_asked_back_whatever_intent_it_looked_like(
    family: TalkingFamily, action: TurnAction
) -> None:
    family.says(action, "con em 10 tháng")
    assert "ghi nhớ: bé 10 tháng" in family.texts[0]
    assert [title for title, _ in family.buttons] == TOPICS


def test_a_cry_for_help_is_a_yes_only_where_a_person_was_offered(family: TalkingFamily) -> None:
    family.says(ActionAffirm(), "giúp em với ạ")
    assert [title for title, _ in family.buttons] == TOPICS
    family.slots["offered_reason"] = "offer"
    family.says(ActionAffirm(), "giúp em với ạ")
    assert "đã báo tư vấn viên" in family.texts[0]


def test_an_age_that_an_answer_waited_for_is_used_for_it(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "bé mấy tháng thì ăn dặm được ạ")
    family.says(ActionAnswer(), "dạ 5 tháng ạ")
    assert any("dưới 6 tháng" in text for text in family.texts)
    assert TOPICS[0] not in dict(family.buttons)


def test_a_soft_sign_goes_before_the_question_back(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "giúp em với", alert={"label": "see_doctor_soon"})
    assert "khám trong vòng một ngày" in family.texts[0]
    assert [title for title, _ in family.buttons][-len(TOPICS) :] == TOPICS


def test_every_topic_has_published_articles_for_every_age() -> None:
    slugs = {slug for listed in first_topics().values() for slug in listed}
    assert set(Article.shown().filter(slug__in=slugs).values_list("slug", flat=True)) == slugs
    for topic in first_topics():
        for months in range(96):
            fitting = [one for one in topic_articles(topic, months) if one.fits_age(months)]
            assert fitting, f"{topic} at {months} months"
    assert all(checkpoint_of(months) for months in range(96))
    assert len(first_topics()) == len(TOPICS) - 1 + len([CHECKPOINTS])
