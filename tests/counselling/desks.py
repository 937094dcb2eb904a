"""What tests of the desk share: counsellors, cases with a conversation."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from bot.counselling.models import Case
from bot.counselling.services import open_case
from bot.messaging.models import Channel, Conversation, InboundMessage
from bot.messaging.services import receive
from bot.staff.models import Role
from tests.site.addresses import make_person

QUEUE = "/console/"
_numbers = itertools.count(1)


def counsellor(name: str, role: str = Role.COUNSELLOR) -> User:
    return make_person(name, role)


def chat(*texts: str) -> Conversation:
    """A new family's conversation, in which these were written."""
    address = f"desk-{next(_numbers)}"
    for number, text in enumerate(texts or ("chào",)):
        row = receive(Channel.WEBCHAT, address, external_id=f"m{number}", text=text)
        assert row is not None
    return Conversation.objects.get(address=address)


def make_case(*texts: str, reason: str = "asked", **fields: Any) -> Case:
    """An open case that was offered to nobody yet; `fields` are set as they are given."""
    conversation = chat(*texts)
    first = InboundMessage.objects.filter(conversation=conversation).first()
    case, _ = open_case(conversation, reason=reason, raised_by=first)
    Case.objects.filter(pk=case.pk).update(**{"assignee": None, "second_reader": None, **fields})
    case.refresh_from_db()
    return case


def in_minutes(minutes: float) -> Any:
    return timezone.now() + timedelta(minutes=minutes)


def shown(client: Client, **query: Any) -> list[int]:
    """The cases that the queue lists, in its order."""
    page = client.get(QUEUE, query)
    assert page.status_code == 200
    return [int(number) for number in re.findall(r'href="/console/(\d+)/"', page.content.decode())]
