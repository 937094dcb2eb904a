"""What each kind of update says to us; what says nothing; what cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.messaging.channels.telegram.updates import (
    BlockChanged,
    NotUnderstood,
    Received,
    read_update,
)
from tests.bot_api import message_of, person

FILE = {"file_id": "f1", "file_unique_id": "u1"}


def read(**update: Any) -> Received | BlockChanged | None:
    return read_update({"update_id": 7, **update})


def test_a_text_is_kept_as_typed() -> None:
    got = read(message=message_of(5, 3, text="  bé sốt\n39 "))
    assert got == Received("5", "7:3", "text", "  bé sốt\n39 ", {"message_id": 3})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{**FILE, "width": 9, "height": 9}]}, "photo"),
        ({"voice": {**FILE, "duration": 2}}, "voice"),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "video"),
        ({"document": FILE}, "document"),
        ({"location": {"longitude": 105.8, "latitude": 21.0}}, "location"),
        ({"contact": {"phone_number": "0", "first_name": "Ba"}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
)
def test_what_is_not_text_is_named_for_what_it_is(content: dict[str, Any], kind: str) -> None:
    got = read(message=message_of(5, 3, **content))
    assert isinstance(got, Received)
    assert (got.kind, got.text) == (kind, "")


def test_words_below_a_photo_are_read() -> None:
    photo = [
        {**FILE, "width": 9, "height": 9},
        {**FILE, "file_id": "big", "width": 90, "height": 9},
    ]
    got = read(message=message_of(5, 3, photo=photo, caption="bé nổi ban"))
    assert isinstance(got, Received)
    assert (got.text, got.detail["file_id"]) == ("bé nổi ban", "big")


def test_an_edit_names_the_message_it_is_of() -> None:
    got = read(edited_message={**message_of(5, 3, text="bé 8 tháng"), "edit_date": 1})
    assert isinstance(got, Received)
    assert (got.kind, got.detail["message_id"]) == ("edited", 3)


def test_a_press_carries_the_token_of_the_button() -> None:
    query = {
        "id": "q",
        "from": person(5),
        "chat_instance": "1",
        "message": message_of(5, 3, text="?"),
        "data": "token",
    }
    got = read(callback_query=query)
    assert isinstance(got, Received)
    assert (got.address, got.kind, got.detail["token"]) == ("5", "button", "token")


@pytest.mark.parametrize(("status", "is_blocked"), [("kicked", True), ("member", False)])
def test_who_blocks_mam_is_known(status: str, is_blocked: bool) -> None:
    member = {"user": person(42), "status": status, "until_date": 0}
    change = {
        "chat": {"id": 5, "type": "private"},
        "from": person(5),
        "date": 1,
        "old_chat_member": {"user": person(42), "status": "member"},
        "new_chat_member": member,
    }
    assert read(my_chat_member=change) == BlockChanged("5", is_blocked)


def test_groups_and_service_messages_say_nothing_to_us() -> None:
    assert read(message=message_of(-5, 3, kind="supergroup", text="bé co giật")) is None
    assert read(message=message_of(5, 3, new_chat_title="x")) is None
    assert read(channel_post=message_of(-5, 3, kind="channel", text="x")) is None


@pytest.mark.parametrize(
    "raw", [None, 3, "x", [], {}, {"update_id": "y"}, {"update_id": 1, "message": 5}]
)
def test_garbage_is_told_apart(raw: Any) -> None:
    with pytest.raises(NotUnderstood):
        read_update(raw)
