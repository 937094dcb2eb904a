"""What browser tests share: sizes of screens, signing in, pictures for people to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
SMALL = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}
DESKTOP = {"width": 1280, "height": 800}
PASSWORD = "mot-mat-khau-kha-dai"
PICTURES = Path("report/pictures")
OpenPage = Callable[..., Page]


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
