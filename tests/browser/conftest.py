"""Pages of the running Mầm, each in a browser context of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import PHONE, OpenPage
from tests.running import Running


@pytest.fixture
def open_page(chromium: Browser, running: Running) -> Iterator[OpenPage]:
    contexts = []

    def make(path: str = "/", viewport: dict[str, int] = PHONE) -> Page:
        context = chromium.new_context(viewport=viewport, base_url=running.url, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()
