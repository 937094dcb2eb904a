"""Rows first: an update is kept once, a reply written once, a button belongs to one chat."""

import pytest

from bot.families.models import Family
from bot.messaging.models import Channel, Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import finish, queue_reply, receive, record_result, resolve_button

pytestmark = pytest.mark.django_db


def test_an_update_is_kept_once_and_first_contact_makes_a_family() -> None:
    first = receive(Channel.TELEGRAM, "7", external_id="u1", text="chào")
    assert first is not None
    assert receive(Channel.TELEGRAM, "7", external_id="u1", text="chào") is None
    assert receive(Channel.TELEGRAM, "8", external_id="u1", text="chào") is not None, "another chat"
    assert (InboundMessage.objects.count(), Family.objects.count()) == (2, 2)


def test_a_reply_with_the_same_key_is_written_once() -> None:
    row = receive(Channel.WEBCHAT, "a", external_id="m", text="x")
    assert row is not None
    for _ in range(2):
        queue_reply(row.conversation, "dạ", dedupe_key="in:1:0", buttons=[("Có", "/affirm")])
    assert OutboundMessage.objects.count() == 1
    assert OutboundMessage.objects.get().state == "sent", "the page reads the table"


def test_a_button_works_only_in_the_chat_that_it_was_issued_to() -> None:
    one, other = (receive(Channel.TELEGRAM, a, external_id="m", text="x") for a in ("1", "2"))
    assert one is not None
    assert other is not None
    message = queue_reply(
        one.conversation, "?", dedupe_key="k", buttons=[("Xoá", "/confirm_erase")]
    )
    token = message.buttons[0]["token"]
    found = resolve_button(one.conversation, token)
    assert found is not None
    assert found.payload == "/confirm_erase"
    assert resolve_button(other.conversation, token) is None
    assert len(token.encode()) <= 64


def test_a_row_is_finished_once() -> None:
    row = receive(Channel.WEBCHAT, "a", external_id="m", text="x")
    assert row is not None
    assert finish([row])
    assert not finish([row])


def test_results_are_merged() -> None:
    row = receive(Channel.WEBCHAT, "a", external_id="m", text="x")
    assert row is not None
    record_result(row.pk, answer={"slug": "s", "score": 1.0})
    record_result(row.pk, intent={"name": "ask_question", "confidence": 1.0})
    row.refresh_from_db()
    assert set(row.result) == {"answer", "intent"}


def test_sentences_come_from_the_domain_with_numbers_and_values() -> None:
    said = reply("utter_case_opened", case_number=12)
    assert "12" in said.text
    assert "115" in said.text
    assert "{" not in said.text
    assert (
        reply("utter_notice", organisation="Hội", contact="x", days=365).buttons[0][0] == "Đồng ý"
    )


def test_conversations_know_rasa_by_an_id_of_our_own() -> None:
    row = receive(Channel.TELEGRAM, "123456789", external_id="m", text="x")
    assert row is not None
    assert "123456789" not in Conversation.objects.get().sender_id
