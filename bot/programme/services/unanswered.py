"""What Mầm could not answer, for trainers, without names and numbers."""

from __future__ import annotations

from django.db import transaction

from bot.nlu.personal import mask
from bot.programme.models import UnansweredQuestion

MAX_CHARACTERS = 300


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
    """One line of at most MAX_CHARACTERS, each personal detail as a word in square brackets."""
    return " ".join(mask(text).split())[:MAX_CHARACTERS]
