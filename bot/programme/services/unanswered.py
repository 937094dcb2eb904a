"""What Mầm could not answer, for trainers, without names and numbers."""

from __future__ import annotations

import re

from django.db import transaction

from bot.programme.models import UnansweredQuestion

MAX_CHARACTERS = 300
NUMBER = re.compile(r"\+?\d[\d .-]{6,}\d")
LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
UPPER = "".join(letter for letter in LETTERS if letter.isupper())
LOWER = "".join(letter for letter in LETTERS if letter.islower())
# A word with a capital that does not begin a sentence is likely a name.
NAME = re.compile(rf"(?<![.!?…:]\s)(?<=[^\S\n])[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)*")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


@transaction.atomic
def log_unanswered(text: str, *, reason: str, key: str, child_months: int | None = None) -> None:
    """Keeps a question for trainers; `key` (the inbound row) makes doing it twice the same as once."""  # noqa: E501
    _keep(without_names(text), reason, key, child_months)


@transaction.atomic
def log_unhelpful(title: str, *, reason: str, key: str, child_months: int | None = None) -> None:
    """Keeps, for trainers, the title of an article that did not help though nothing was asked."""
    _keep(title, reason, key, child_months)


def _keep(text: str, reason: str, key: str, child_months: int | None) -> None:
    UnansweredQuestion.objects.update_or_create(
        key=key, defaults={"text": text, "reason": reason, "child_months": child_months}
    )


def without_names(text: str) -> str:
    """The text with addresses, long numbers and likely names as "…"."""
    for pattern in (ADDRESS, NUMBER, NAME):
        text = pattern.sub("…", text)
    return " ".join(text.split())[:MAX_CHARACTERS]
