"""After an alarm: one card, short fitting lines, one question with buttons; all without Rasa."""

from pathlib import Path

import pytest

from bot.counselling.models import Case
from bot.counselling.services import claim_case
from bot.courier.alarm import raise_alarm
from bot.courier.batch import BatchHandler
from bot.courier.danger import screen_and_answer
from bot.courier.outage import Outage
from bot.courier.rasa import RasaClient
from bot.messaging.models import Button, Channel, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply, receive, save_alert
from bot.nlu.screen import Alert, Screen
from bot.nlu.screen.training import train_classifier
from bot.programme.cards import card_for, current_cards
from tests.running import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
NOWHERE = f"http://127.0.0.1:{free_port()}"
MODELS = Path(__file__).resolve().parents[2] / "models"
CONVULSION = "be 8 thang sot 39 co giat"
# The screen thinks of danger here, and is not sure.
UNCLEAR = "bé ngủ nhiều quá gọi mới dậy bú được tí"
TELLING = ("bạo lực", "xâm hại", "tự tử", "tự hại", "đánh")
PRIVATE = {
    "child_abuse": "chú hàng xóm sờ vùng kín của con em",
    "domestic_violence": "chồng em vừa đánh em chảy máu",
    "self_harm": "em muốn chết cho xong",
}


@pytest.fixture(scope="module")
def screen() -> Screen:
    train_classifier(MODELS)
    return Screen.load(MODELS)


@pytest.fixture
def handler(screen: Screen) -> BatchHandler:
    """With the whole screen, and a Rasa that is not there."""
    return BatchHandler(screen, RasaClient(NOWHERE, "token"), Outage(NOWHERE, "token", None))


def say(handler: BatchHandler, *texts: str) -> list[str]:
    """What is answered to the last of these messages."""
    answers: list[str] = []
    for text in texts:
        before = OutboundMessage.objects.count()
        number = InboundMessage.objects.count()
        row = receive(Channel.WEBCHAT, "phone", external_id=f"m{number}", text=text)
        assert row is not None
        handler.handle(row.conversation)
        answers = [m.text for m in OutboundMessage.objects.order_by("pk")[before:]]
    return answers


def press(handler: BatchHandler, title: str) -> list[str]:
    """What is answered to a pressed button."""
    before = OutboundMessage.objects.count()
    button = Button.objects.filter(title=title).latest("issued_at")
    row = receive(
        Channel.WEBCHAT,
        "phone",
        external_id=f"m{InboundMessage.objects.count()}",
        kind=InboundMessage.Kind.BUTTON,
        detail={"token": button.token},
    )
    assert row is not None
    handler.handle(row.conversation)
    row.refresh_from_db()
    assert row.state == InboundMessage.State.DONE
    return [m.text for m in OutboundMessage.objects.order_by("pk")[before:]]


def buttons() -> list[str]:
    return list(Button.objects.order_by("issued_at").values_list("title", flat=True))


def alarm() -> dict[str, object]:
    row = InboundMessage.objects.filter(alert__urgent=True).order_by("pk").first()
    assert row is not None
    assert row.alert is not None
    return row.alert


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("vâng em gọi rồi", "utter_still_called"),
        ("đang trên đường vô bệnh viện nè", "utter_still_called"),
        ("bao lâu xe tới ạ", "utter_still_waiting"),
        ("em phải làm gì nữa ạ", "utter_still_what_now"),
        ("em sợ quá", "utter_still_worry"),
        ("cam on nhieu a", "utter_still_medical_emergency"),
        ("dạ", "utter_still_medical_emergency"),
    ],
)
def test_worry_thanks_and_small_questions_get_one_line_and_no_second_card(
    handler: BatchHandler, text: str, line: str
) -> None:
    assert say(handler, CONVULSION, text) == [reply(line).text]
    assert Case.objects.get().history.count() == 1, "the alarm is not raised again"


@pytest.mark.parametrize("text", ["à không, nó tỉnh rồi", "e gõ nhầm, bé sốt 37 thôi"])
def test_what_is_taken_back_leaves_the_case_to_a_person(handler: BatchHandler, text: str) -> None:
    said = say(handler, CONVULSION, text)
    case = Case.objects.get()
    assert said == [reply("utter_taken_back", case_number=case.pk).text]
    assert (case.state, case.priority) == ("waiting", "urgent")


def test_a_sign_that_comes_back_is_an_alarm_again(handler: BatchHandler) -> None:
    said = say(handler, CONVULSION, "à không, nó tỉnh rồi", "nó lại co giật nữa rồi")
    assert said == [reply("utter_still_medical_emergency").text]
    assert Case.objects.get().history.filter(kind="raised").exists()


def test_a_second_alarm_is_one_line_without_the_card_and_the_number_again(
    handler: BatchHandler,
) -> None:
    said = say(handler, CONVULSION, "bé lại co giật nữa, mắt trợn ngược")
    assert said == [reply("utter_still_medical_emergency").text]


def test_an_everyday_question_after_an_alarm_goes_its_own_way(handler: BatchHandler) -> None:
    said = say(handler, CONVULSION, "thôi để mai em hỏi chuyện ăn dặm")
    assert said == [reply("utter_outage").text], "Rasa was asked"


def test_a_yes_to_another_question_is_not_taken_for_the_alarm(handler: BatchHandler) -> None:
    row = receive(Channel.WEBCHAT, "phone", external_id="first", text=CONVULSION)
    assert row is not None
    handler.handle(row.conversation)
    between = receive(Channel.WEBCHAT, "phone", external_id="between", text="bé ăn gì thì tốt")
    assert between is not None
    InboundMessage.objects.filter(pk=between.pk).update(state="done", is_screened=True)
    queue_reply(row.conversation, "Bé nào ạ?", dedupe_key="between", inbound=between)
    assert say(handler, "dạ") == [reply("utter_outage").text], "Rasa was asked"


def test_yes_to_the_list_of_danger_signs_is_an_alarm(handler: BatchHandler) -> None:
    row = receive(Channel.WEBCHAT, "phone", external_id="first", text="giúp em với")
    assert row is not None
    InboundMessage.objects.filter(pk=row.pk).update(state="done", is_screened=True)
    queue_reply(row.conversation, reply("utter_danger_check").text, dedupe_key="x", inbound=row)
    say(handler, "dạ có ạ")
    assert Case.objects.get().reason == "medical_emergency"
    assert alarm()["rule"] == "answer"


@pytest.mark.parametrize(
    ("title", "answer", "line"),
    [
        ("Có, đang bị", "yes", "utter_still_medical_emergency"),
        ("Không, bé vẫn ổn", "no", "utter_danger_denied"),
        ("Tôi chỉ hỏi để biết", "asking", "utter_danger_asked_only"),
    ],
)
def test_an_unclear_danger_is_asked_about_after_the_card(
    handler: BatchHandler, title: str, answer: str, line: str
) -> None:
    said = say(handler, UNCLEAR)
    assert "115" in said[0], "the card is first"
    assert said[-1] == reply("utter_confirm_danger").text
    assert press(handler, title) == [reply(line).text]
    assert alarm()["answer"] == answer
    assert Case.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("text", "answer"), [("dạ có", "yes"), ("có, mắt lờ đờ", "yes"), ("ko ạ", "no")]
)
def test_the_question_may_be_answered_in_words(
    handler: BatchHandler, text: str, answer: str
) -> None:
    say(handler, UNCLEAR, text)
    assert alarm()["answer"] == answer


def test_a_plain_danger_is_not_asked_about(handler: BatchHandler) -> None:
    say(handler, CONVULSION)
    assert buttons() == []


def test_a_button_of_another_chat_answers_nothing(handler: BatchHandler) -> None:
    say(handler, UNCLEAR)
    token = Button.objects.get(title="Có, đang bị").token
    row = receive(
        Channel.WEBCHAT,
        "stranger",
        external_id="b",
        kind=InboundMessage.Kind.BUTTON,
        detail={"token": token},
    )
    assert row is not None
    handler.handle(row.conversation)
    assert "answer" not in alarm()


def test_an_answer_is_kept_in_silence_while_a_counsellor_speaks(
    handler: BatchHandler, django_user_model: type
) -> None:
    say(handler, UNCLEAR)
    claim_case(Case.objects.get(), by=django_user_model.objects.create_user("lan"))  # type: ignore[attr-defined]
    assert press(handler, "Có, đang bị") == []
    assert alarm()["answer"] == "yes"


@pytest.mark.parametrize("label", sorted(PRIVATE))
def test_nothing_of_what_was_told_stands_where_a_notification_shows_it(
    handler: BatchHandler, label: str
) -> None:
    said = say(handler, PRIVATE[label])
    assert Case.objects.get().reason == label
    assert said[0] == reply("utter_safe_to_write").text
    for text in said:
        assert not [word for word in TELLING if word in text[:60].lower()], text
    assert set(buttons()) == {"An toàn, viết được", "Không an toàn"}
    assert OutboundMessage.objects.latest("pk").buttons, "also where a phone shows them"


@pytest.mark.parametrize("name", ["utter_private_card", "utter_private_more", "utter_not_safe"])
def test_no_card_shows_its_subject_in_a_preview(name: str) -> None:
    cards = [card for card in current_cards() if card.danger in PRIVATE]
    assert len(cards) >= 7
    for card in cards:
        for text in (card.body, card.dont, card.meanwhile):
            shown = reply(name, text=text).text[:60].lower()
            assert not [word for word in TELLING if word in shown], shown


@pytest.mark.parametrize(
    ("title", "answer", "line"),
    [
        ("An toàn, viết được", "safe", "utter_safe_here"),
        ("Không an toàn", "unsafe", "utter_not_safe"),
    ],
)
def test_whether_it_is_safe_to_write_is_kept_for_the_counsellor(
    handler: BatchHandler, title: str, answer: str, line: str
) -> None:
    say(handler, PRIVATE["domestic_violence"])
    assert press(handler, title) == [reply(line).text]
    assert alarm()["answer"] == answer


def test_it_is_asked_once_whether_writing_is_safe(handler: BatchHandler) -> None:
    say(handler, PRIVATE["domestic_violence"], "anh ấy bóp cổ em")
    asked = OutboundMessage.objects.filter(text=reply("utter_safe_to_write").text)
    assert asked.count() == 1


@pytest.mark.parametrize(
    ("text", "answer"), [("không an toàn, nó đang ngồi cạnh", "unsafe"), ("dạ an toàn", "safe")]
)
def test_safety_may_be_answered_in_words(handler: BatchHandler, text: str, answer: str) -> None:
    say(handler, PRIVATE["domestic_violence"], text)
    assert alarm()["answer"] == answer


@pytest.mark.parametrize("text", PRIVATE.values(), ids=PRIVATE)
def test_what_was_asked_is_not_lost_when_two_lanes_screen_a_message_at_once(
    screen: Screen, text: str
) -> None:
    receive(Channel.WEBCHAT, "phone", external_id="1", text=text)
    danger_lane, worker = InboundMessage.objects.get(), InboundMessage.objects.get()
    screen_and_answer(screen, danger_lane)
    screen_and_answer(screen, worker)

    alert = InboundMessage.objects.get().alert
    assert alert is not None
    assert alert["asked"] == "safety"


@pytest.mark.parametrize("text", ["à không, nó tỉnh", "em gõ nhầm, con tỉnh táo mà"])
def test_a_correction_in_ones_own_words_is_heard(handler: BatchHandler, text: str) -> None:
    said = say(handler, CONVULSION, text)

    assert said == [reply("utter_taken_back", case_number=Case.objects.get().pk).text]


def raised(label: str, also: str) -> list[str]:
    """What is said to an alarm of two labels."""
    row = receive(Channel.WEBCHAT, "phone", external_id="1", text="…")
    assert row is not None
    save_alert(row, Alert(label, also=(also,)).as_dict())
    raise_alarm(row.conversation, row)
    return [message.text for message in OutboundMessage.objects.order_by("pk")]


@pytest.mark.parametrize("label", sorted(PRIVATE))
def test_where_somebody_is_hurt_too_first_aid_comes_before_the_rest(label: str) -> None:
    said = raised(label, "medical_emergency")

    assert said[:2] == [reply(name).text for name in ("utter_safe_to_write", "utter_also_115")]
    general = card_for({"label": "medical_emergency"})
    assert general is not None
    assert general.body in said[2]


@pytest.mark.parametrize("also", sorted(PRIVATE))
def test_an_emergency_that_somebody_caused_comes_with_words_for_that(also: str) -> None:
    said = raised("medical_emergency", also)

    assert reply("utter_also_private").text in said[1:]
