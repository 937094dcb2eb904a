"""What trainers do with a counsellor's marks."""

from __future__ import annotations

from django.db import transaction

from bot.counselling.models import Mark


@transaction.atomic
def settle_mark(mark: Mark, *, is_done: bool) -> None:
    """Puts a mark aside as seen to, or brings it back."""
    Mark.objects.filter(pk=mark.pk).update(is_done=is_done)
