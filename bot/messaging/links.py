"""Links that open an article for anybody: its page, and the bot on Telegram."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse

USERNAME_FILE = "telegram-username"
USERNAME = re.compile(r"^\w{4,32}$", re.ASCII)
# What Telegram's start parameter may hold: 64 letters, digits, _ and -.
START = "bai-"
START_CHARACTERS = 64
START_LINK = re.compile(r"^/start(?:@\w+)?\s+bai-([\w-]{1,80})$")
STAFF_START = "nv_"
STAFF_LINK = re.compile(r"^/start(?:@\w+)?\s+nv_([\w-]{1,40})$")


def article_link(slug: str) -> str | None:
    """The public page of an article; None where Mầm has no address that others can open."""
    base = settings.MAM.public_url
    return f"{base}{reverse('programme:article', args=[slug])}" if base else None


def telegram_link(slug: str) -> str | None:
    """Opens the bot at the article; None while its name is unknown, or for too long a slug."""
    return _bot_link(START + slug)


def staff_link(code: str) -> str | None:
    """Opens the bot and links a counsellor's chat by that code; None while its name is unknown."""
    return _bot_link(STAFF_START + code)


def _bot_link(parameter: str) -> str | None:
    file = Path(settings.MAM.data_dir) / USERNAME_FILE
    if not file.is_file() or len(parameter) > START_CHARACTERS:
        return None
    username = file.read_text(encoding="utf-8").strip()
    return f"https://t.me/{username}?start={parameter}" if USERNAME.match(username) else None


def keep_username(username: str | None) -> None:
    """Remembers what Telegram says that the bot is called."""
    if username and USERNAME.match(username):
        (Path(settings.MAM.data_dir) / USERNAME_FILE).write_text(username, encoding="utf-8")


def linked_article(text: str) -> str | None:
    """The article that a link opened the chat with ("/start bai-<slug>")."""
    match = START_LINK.match(text.strip())
    return match[1] if match else None


def staff_code(text: str) -> str | None:
    """The code by which a counsellor links this chat ("/start nv_<code>")."""
    match = STAFF_LINK.match(text.strip())
    return match[1] if match else None
