"""Pages of the running Mầm, each in a browser context of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.pages import PHONE, OpenPage
from tests.running import Running

# Other tests run beside it on the same two cores; what is to be fast says so itself.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; `make test` says where it is. It is gone after this room: its loop would
    keep asynchronous views from being called in the next.
    """
    path = os.environ.get("MAM_TEST_CHROMIUM") or shutil.which("chromium")
    options = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


def weak_network(page: Page) -> None:
    """With MAM_TEST_LATENCY_MS=400 every request takes that long: what is done too early shows."""
    if latency := os.environ.get("MAM_TEST_LATENCY_MS"):
        conditions = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        page.context.new_cdp_session(page).send(
            "Network.emulateNetworkConditions", {**conditions, "latency": int(latency)}
        )


@pytest.fixture
def open_page(chromium: Browser, running: Running) -> Iterator[OpenPage]:
    contexts = []

    def make(path: str = "/", viewport: dict[str, int] = PHONE) -> Page:
        context = chromium.new_context(viewport=viewport, base_url=running.url, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        weak_network(page)
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()
