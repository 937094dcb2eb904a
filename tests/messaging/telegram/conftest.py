"""A Bot API server, and Mầm's settings that point to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from bot.messaging.channels.telegram.api import BotApi, configured_api
from tests.bot_api import TOKEN, BotApiServer


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


@pytest.fixture
def api(server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[BotApi]:
    mam = replace(settings.MAM, telegram_token=TOKEN, telegram_api=server.url)
    monkeypatch.setattr(settings, "MAM", mam)
    configured_api.cache_clear()
    yield configured_api()
    configured_api.cache_clear()
