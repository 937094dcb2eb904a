"""No log holds a parent's words, name or number, nor the bot's token, at debug too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot_api import TOKEN, BotApiServer, message_of
from tests.running import Running
from tests.whole.parent import Parent

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]
WORD, NAME, CHAT = "kỳ-nhông-tím-9317", "Thuỷ-Tiên-9317", 88179317


def test_a_marked_sentence_goes_all_the_way_and_stands_in_no_log(
    running: Running, bot_api: BotApiServer
) -> None:
    parent = Parent(bot_api, chat=CHAT)
    parent.agrees()
    message = message_of(CHAT, bot_api.message_number(), text=f"bé mấy tháng thì ăn dặm {WORD}")
    bot_api.push({"message": {**message, "chat": _chat(), "from": _person()}})
    parent.hears("6 tháng")
    parent.says(f"{WORD} bé co giật tím tái")
    parent.hears("115")
    parent.says(f"{WORD} gặp người thật đi")
    parent.hears("tư vấn viên")

    logs = [path for path in (running.data_dir / "logs").iterdir() if path.is_file()]
    assert {"rasa.log", "actions.log", "web.log", "courier.log"} <= {path.name for path in logs}
    told = {path: path.read_text(errors="replace") for path in [*logs, _run_log(running)]}
    assert "danger_answered" in told[running.data_dir / "logs/courier.log"], "something is logged"
    for path, text in told.items():
        for secret in (WORD, NAME, str(CHAT), TOKEN, TOKEN.partition(":")[2]):
            assert secret not in text, f"{path.name} holds it"


def _run_log(running: Running) -> Path:
    return running.data_dir.with_suffix(".log")


def _chat() -> dict[str, object]:
    return {"id": CHAT, "type": "private", "first_name": NAME}


def _person() -> dict[str, object]:
    return {"id": CHAT, "is_bot": False, "first_name": NAME, "username": NAME}
