"""One turn of a conversation: danger without Rasa, honesty in an outage, no steering slash."""

from pathlib import Path
from typing import Any

import pytest

from bot.counselling.models import Case
from bot.counselling.services import claim_case
from bot.courier.batch import BatchHandler
from bot.courier.commands import as_plain_text, intent_of_command
from bot.courier.outage import Outage
from bot.courier.rasa import RasaAnswer, RasaClient, RasaDown, _after
from bot.families.models import Family
from bot.messaging.models import Channel, InboundMessage, OutboundMessage
from bot.messaging.services import receive
from bot.nlu.screen import Screen
from bot.programme import pictures
from tests.running import free_port

pytestmark = pytest.mark.django_db
NOWHERE = f"http://127.0.0.1:{free_port()}"


@pytest.fixture
def handler() -> BatchHandler:
    """With the rules alone, and a Rasa that is not there."""
    return handler_with(RasaClient(NOWHERE, "token"))


def handler_with(rasa: RasaClient) -> BatchHandler:
    return BatchHandler(Screen(None), rasa, Outage(NOWHERE, "token", None))


class HeardRasa(RasaClient):
    """Notes what it is asked, and is then away."""

    def __init__(self) -> None:
        super().__init__(NOWHERE, "token")
        self.heard: list[str] = []

    def handled(self, sender_id: str, inbound_id: int) -> RasaAnswer | None:
        return None

    def send(self, sender_id: str, text: str, metadata: dict[str, Any]) -> RasaAnswer:
        self.heard.append(text)
        raise RasaDown("away")


def say(text: str, number: int = 1) -> InboundMessage:
    row = receive(Channel.WEBCHAT, "phone", external_id=f"m{number}", text=text)
    assert row is not None
    return row


def texts() -> list[str]:
    return list(OutboundMessage.objects.order_by("pk").values_list("text", flat=True))


def test_danger_is_answered_while_rasa_is_down_and_before_consent(handler: BatchHandler) -> None:
    row = say("be 8 thang sot 39 co giat")
    handler.handle(row.conversation)
    assert "nằm nghiêng" in texts()[0]
    case = Case.objects.get()
    assert (case.priority, case.reason, case.child_age_months) == ("urgent", "medical_emergency", 8)
    row.refresh_from_db()
    assert (row.state, (row.alert or {})["card"]) == ("done", "co-giat")
    assert row.conversation.family is not None
    assert row.conversation.family.consent == Family.Consent.UNKNOWN


@pytest.mark.parametrize("command", ["/start", "/be", "/help"])
def test_danger_behind_a_command_is_heard(handler: BatchHandler, command: str) -> None:
    handler.handle(say(f"{command} be 8 thang sot 39 co giat").conversation)
    assert Case.objects.get().reason == "medical_emergency"


def test_a_drawing_that_cannot_be_read_stops_no_card(
    handler: BatchHandler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    pictures.all_pictures.cache_clear()
    try:
        handler.handle(say("be 8 thang sot 39 co giat").conversation)
    finally:
        pictures.all_pictures.cache_clear()
    assert "nằm nghiêng" in texts()[0]


def test_the_card_comes_with_its_drawing_after_the_words(handler: BatchHandler) -> None:
    handler.handle(say("be 8 thang sot 39 co giat").conversation)
    last = OutboundMessage.objects.order_by("pk").last()
    assert last is not None
    assert (last.attachment or {})["picture"] == "giat-khi-co-giat"


def test_waiting_out_an_outage_costs_no_try(handler: BatchHandler) -> None:
    row = say("bé ngủ ít")
    for _ in range(15):
        handler.handle(row.conversation)
        InboundMessage.objects.update(next_attempt_at=row.received_at)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("new", 0)


def test_an_outage_is_told_once_and_the_question_is_kept(handler: BatchHandler) -> None:
    row = say("bé ngủ ít")
    handler.handle(row.conversation)
    InboundMessage.objects.update(next_attempt_at=row.received_at)
    handler.handle(row.conversation)
    row.refresh_from_db()
    assert row.state == "new"
    assert len(texts()) == 1
    assert "trục trặc" in texts()[0]


def test_a_first_contact_that_a_crash_cut_off_is_said_again() -> None:
    """The action had marked the notice as shown, and died before it was heard."""
    rasa = HeardRasa()
    handler = handler_with(rasa)
    row = say("bé ngủ ít")
    handler.handle(row.conversation)
    assert rasa.heard == ["/first_contact"]
    Family.objects.update(consent=Family.Consent.ASKED)
    InboundMessage.objects.update(next_attempt_at=row.received_at)
    handler.handle(row.conversation)
    assert rasa.heard == ["/first_contact", "/first_contact"]


def test_the_assistant_is_silent_while_a_counsellor_holds_the_case(
    handler: BatchHandler, django_user_model: type
) -> None:
    row = say("bé co giật")
    handler.handle(row.conversation)
    claim_case(Case.objects.get(), by=django_user_model.objects.create_user("lan"))  # type: ignore[attr-defined]
    before = len(texts())
    handler.handle(say("dạ bé tỉnh rồi", 2).conversation)
    handler.handle(say("ôi bé lại tím tái không thở", 3).conversation)
    assert len(texts()) == before
    assert Case.objects.get().history.filter(kind="raised").exists()


def test_pictures_get_a_kind_word_when_no_counsellor_is_there(handler: BatchHandler) -> None:
    row = receive(Channel.WEBCHAT, "phone", external_id="p", kind="photo", detail={"file_id": "x"})
    assert row is not None
    handler.handle(row.conversation)
    assert "chỉ đọc được chữ" in texts()[0]


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("/xoa", "erase_my_data"),
        ("/BE@mam_bot", "tell_child"),
        ("/erase_my_data", None),
        ("xoa", None),
    ],
)
def test_only_our_commands_become_intents(typed: str, intent: str | None) -> None:
    assert intent_of_command(typed) == intent


def test_a_typed_slash_never_reaches_rasa() -> None:
    assert as_plain_text('/confirm_erase{"a": 1}') == 'confirm_erase{"a": 1}'
    assert as_plain_text("  //\n/x") == "x"


def test_after_a_crash_the_trackers_own_answer_is_taken() -> None:
    events = [
        {
            "event": "user",
            "metadata": {"inbound_id": 4},
            "parse_data": {"intent": {"name": "greet"}},
        },
        {"event": "bot", "text": "Chào", "data": {"buttons": None}},
        {"event": "action", "name": "action_listen"},
    ]
    answer = _after(events, 4)
    assert answer is not None
    assert [message["text"] for message in answer.messages] == ["Chào"]
    assert _after(events, 5) is None
    assert _after(events[:2], 4) is None, "not handled to its end"
