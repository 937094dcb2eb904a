"""Parents on the Telegram of the tests, against the whole of Mầm."""

from __future__ import annotations

import pytest

from tests.bot_api import BotApiServer
from tests.running import Running
from tests.whole.parent import Parent


@pytest.fixture
def parent(running: Running, bot_api: BotApiServer) -> Parent:
    return Parent(bot_api)
