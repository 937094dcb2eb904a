"""Staff, families and shifts for tests of counselling."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from bot.counselling.models import Case
from bot.counselling.services import open_case
from bot.messaging.models import Channel, Conversation
from bot.messaging.services import receive
from bot.staff.accounts import role_group
from bot.staff.models import Role, Shift, StaffProfile, Team

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_numbers = count(1)


def at(text: str) -> datetime:
    """A moment in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def staff(
    name: str, role: str = "counsellor", *, team: Team | None = None, chat: str = "", most: int = 12
) -> User:
    """An account that was never given a password: hashing one takes longer than most tests."""
    user = User.objects.create(username=name, is_superuser=role == Role.ADMIN)
    if role != Role.ADMIN:
        user.groups.add(role_group(role))
    profile = StaffProfile.objects.create(user=user, telegram_chat=chat, max_open_cases=most)
    if team is not None:
        profile.teams.add(team)
    return user


def parent(text: str = "chào") -> Conversation:
    """The chat of another family, with one message."""
    number = next(_numbers)
    row = receive(Channel.WEBCHAT, f"phone {number}", external_id=f"m{number}", text=text)
    assert row is not None
    return row.conversation


def raised(reason: str = "asked", text: str = "chào") -> Case:
    return open_case(parent(text), reason=reason)[0]


def shift(user: User, now: datetime, *, team: Team | None = None, on_call: bool = False) -> Shift:
    """On duty from an hour before `now` to eight hours after."""
    return Shift.objects.create(
        user=user,
        team=team,
        is_on_call=on_call,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=8),
    )


def with_telegram(settings: Any, **more: Any) -> None:
    """A Mầm that speaks Telegram and has a group of counsellors."""
    settings.MAM = replace(
        settings.MAM, telegram_token="1:test", counsellor_chat_id=-100500, **more
    )


def told(address: str) -> list[str]:
    """What was said in a chat, oldest first."""
    chat = Conversation.objects.filter(channel=Channel.STAFF, address=address).first()
    return list(chat.outbound.order_by("pk").values_list("text", flat=True)) if chat else []
