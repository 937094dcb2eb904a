"""What Mầm could not answer, for trainers, without names and numbers."""

from __future__ import annotations

import re

from django.db import transaction

from bot.programme.models import UnansweredQuestion

MAX_CHARACTERS = 300
NUMBER = re.compile(r"\+?\d[\d .-]{6,}\d")
# A word with a capital that does not begin a sentence is likely a name.
NAME = re.compile(r"(?<![.!?…:\n])(?<!^)(?<=\s)(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+)*)")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


@transaction.atomic
def log_unanswered(text: str, *, reason: str, key: str, child_months: int | None = None) -> None:
    """Keeps a question for trainers; `key` (the inbound row) makes doing it twice the same as once."""  # noqa: E501
    UnansweredQuestion.objects.update_or_create(
        key=key,
        defaults={"text": without_names(text), "reason": reason, "child_months": child_months},
    )


def without_names(text: str) -> str:
    """The text with addresses, long numbers and likely names as "…"."""
    for pattern in (ADDRESS, NUMBER, NAME):
        text = pattern.sub("…", text)
    return " ".join(text.split())[:MAX_CHARACTERS]
