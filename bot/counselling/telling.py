"""Tells a colleague something in their own chat with the bot, when they have linked one. Never a
personal detail.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from bot.counselling.alerts import case_words, openable
from bot.counselling.models import Case
from bot.messaging.models import Channel, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply
from bot.messaging.services.inbox import conversation_at
from bot.staff.models import StaffProfile


def tell_staff(
    people: Iterable[User], name: str, /, *, key: str, case: Case | None = None, **values: Any
) -> int:
    """Says a response of domain.yml to each of them who is linked; returns to how many. The same
    `key` again says nothing.
    """
    if not settings.MAM.telegram_token:
        return 0
    linked = StaffProfile.objects.filter(user__in=[user.pk for user in people]).exclude(
        telegram_chat=""
    )
    said = reply(name, **(case_words(case) if case else {}), **values)
    profiles = list(linked)
    for profile in profiles:
        queue_reply(
            conversation_at(Channel.STAFF, profile.telegram_chat),
            said.text,
            dedupe_key=f"staff:{profile.pk}:{key}"[:80],
            buttons=openable(said.buttons),
            author=OutboundMessage.Author.SYSTEM,
        )
    return len(profiles)
