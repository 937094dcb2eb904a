"""What browser tests share: screens, signing in, a case to work at, pictures to look at."""

from __future__ import annotations

import itertools
from base64 import b32decode
from collections.abc import Callable
from pathlib import Path

from django_otp.oath import totp
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
SMALL = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}
DESKTOP = {"width": 1280, "height": 800}
PASSWORD = "mot-mat-khau-kha-dai"
PICTURES = Path("report/pictures")
OpenPage = Callable[..., Page]
_numbers = itertools.count(1)


def write(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def sign_in(page: Page, name: str) -> None:
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button.main")


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Of what is seen, or of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


def second_step(page: Page) -> None:
    """A supervisor sets up the second factor before anything else is seen."""
    secret = page.locator("#secret").inner_text().replace(" ", "")
    key = b32decode(secret + "=" * (-len(secret) % 8))
    page.fill("#id_code", f"{totp(key):06d}")
    page.click("main button.main")
    expect(page.locator("h1", has_text="dự phòng")).to_be_visible()


def raise_case(open_page: OpenPage) -> tuple[Page, str]:
    """A parent who told of a danger in words of their own, and words to find the case by."""
    words = f"chuyện số {next(_numbers)} của bàn"
    parent = open_page("/", PHONE)
    write(parent, f"be 8 thang sot 39 co giat, {words}")
    expect(parent.locator(".line.assistant", has_text="115").first).to_be_visible(timeout=20_000)
    return parent, words


def search(page: Page, words: str) -> None:
    """Of the queue; what is pressed next is pressed on the page that comes."""
    page.fill("#id_q", words)
    page.press("#id_q", "Enter")
    page.wait_for_url("**q=**")


def find(page: Page, words: str) -> str:
    """Opens the case from the queue; gives its address."""
    page.goto("/console/")
    search(page, words)
    page.locator(".cases li a").first.click()
    expect(page.locator("#talk")).to_be_visible()
    return page.url


def at_desk(open_page: OpenPage, name: str, size: dict[str, int] = DESKTOP) -> Page:
    page = open_page("/console/", size)
    sign_in(page, name)
    expect(page.locator("h1", has_text="Hàng chờ")).to_be_visible()
    return page
