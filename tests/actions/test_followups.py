"""Several things asked at once are each answered; a follow-up is answered from what was spoken of."""  # noqa: E501

from datetime import timedelta

import pytest

from actions.articles import ActionShowArticle
from actions.followups import TOPIC_HOURS
from actions.questions import ActionAnswer
from bot.messaging.models import InboundMessage
from bot.messaging.replies import reply
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db
TWO = "con 3 tuổi còn đái dầm ban đêm, với lại hay chảy máu cam thì làm sao ạ"


@pytest.fixture
def family(db: None) -> TalkingFamily:
    return TalkingFamily()


def test_each_thing_is_named_and_answered_the_second_shorter(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), TWO)
    first = family.texts.index("Về chuyện “con 3 tuổi còn đái dầm ban đêm”:")
    second = family.texts.index("Về chuyện “hay chảy máu cam thì làm sao ạ”:")
    assert first < second
    assert family.texts[second + 1].startswith("Bé chảy máu cam\n")
    assert ("Bé chảy máu cam", '/show_article{"slug": "chay-mau-cam"}') in family.buttons
    result = InboundMessage.objects.latest("pk").result
    assert result["answer"]["slug"] == "dai-dam-ban-dem"
    assert [hit["slug"] for hit in result["articles"][:2]] == ["dai-dam-ban-dem", "chay-mau-cam"]


def test_a_soft_sign_comes_after_all_answers(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), TWO, alert={"label": "see_doctor_soon"})
    second = family.texts.index("Về chuyện “hay chảy máu cam thì làm sao ạ”:")
    assert any("khám trong vòng một ngày" in text for text in family.texts[second + 1 :])


def test_a_follow_up_is_answered_from_the_article_before(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "bé 3 tuổi hay đái dầm ban đêm")
    family.says(ActionAnswer(), "khi nào đi khám ạ")
    assert family.texts[0].startswith("Khi nào cần đi khám")
    family.says(ActionAnswer(), "sao lại thế")
    assert "Con đái dầm ban đêm" in family.texts[0]
    assert family.slots["last_article"] == "dai-dam-ban-dem"


def test_another_age_shows_what_is_written_for_it(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "bé 1 tuổi biết làm gì ạ")
    family.says(ActionAnswer(), "thế còn 2 tuổi thì sao?")
    assert family.slots["last_article"] == "moc-phat-trien-2-tuoi"


def test_an_article_that_was_pressed_is_a_topic_too(family: TalkingFamily) -> None:
    family.presses(ActionShowArticle(), slug="chay-mau-cam")
    family.says(ActionAnswer(), "có nguy hiểm không?")
    assert "chảy máu cam" in family.texts[0]


def test_a_dose_of_what_was_spoken_of_is_refused(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "thuốc hạ sốt cho bé cần lưu ý gì")
    family.says(ActionAnswer(), "uống bao nhiêu ml")
    assert family.texts[0] in {reply("utter_refuse_dose", variant=n).text for n in range(2)}


def test_without_a_topic_or_long_after_it_mam_asks_back(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "sao lại thế")
    assert "Bú và ăn" in dict(family.buttons)
    family.says(ActionAnswer(), "bé 3 tuổi hay đái dầm ban đêm")
    rows = InboundMessage.objects.all()
    for row in rows:
        row.received_at -= timedelta(hours=TOPIC_HOURS + 1)
        row.save()
    family.says(ActionAnswer(), "sao lại thế")
    assert "Bú và ăn" in dict(family.buttons)
