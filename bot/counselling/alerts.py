"""Tells the counsellors' group of a case: number, priority, reason, age band, link. Never a
personal detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from bot.counselling.models import Case
from bot.messaging.models import Channel
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply
from bot.messaging.services.inbox import conversation_at

AGE_BANDS = ((3, "dưới 3 tháng"), (12, "3–11 tháng"), (36, "1–2 tuổi"), (72, "3–5 tuổi"))


def alert_group(
    case: Case, name: str = "utter_group_alert", /, *, is_for_all: bool = False, **values: Any
) -> None:
    """Queues the alert, when a group is set. Urgent and high cases call the group at once, normal ones
    wait in the queue; `is_for_all`: this word concerns a case of any priority.
    """  # noqa: E501
    mam = settings.MAM
    if (
        mam.counsellor_chat_id is None
        or not mam.telegram_token
        or (case.priority == Case.Priority.NORMAL and not is_for_all)
    ):
        return
    group = conversation_at(Channel.STAFF, str(mam.counsellor_chat_id))
    said = reply(name, **case_words(case), **values)
    key = f"group:{case.pk}:{name}:{case.history.count()}"
    queue_reply(group, said.text, dedupe_key=key, buttons=openable(said.buttons))


def openable(buttons: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without pages on this machine alone: nothing to press, and Telegram refuses their address."""
    return [button for button in buttons if not button[1].startswith("http://")]


def case_link(case: Case) -> str:
    """The page of a case in the console."""
    mam = settings.MAM
    base = mam.public_url or f"http://{mam.host}:{mam.port}"
    return f"{base}/console/{case.pk}/"


def case_words(case: Case) -> dict[str, Any]:
    """All that an alert may tell of a case."""
    return {
        "case_number": case.pk,
        "priority": case.get_priority_display(),
        "reason": case.get_reason_display(),
        "age": age_band(case.child_age_months),
        "link": case_link(case),
    }


def age_band(months: int | None) -> str:
    """A band wide enough to name nobody."""
    if months is None:
        return "chưa rõ tuổi"
    return next((name for end, name in AGE_BANDS if months < end), "từ 6 tuổi")
