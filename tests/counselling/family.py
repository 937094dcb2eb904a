"""What tests of cases share: a parent in the web chat, a counsellor, a courier without Rasa."""

from __future__ import annotations

from django.contrib.auth.models import User

from bot.courier.batch import BatchHandler
from bot.courier.outage import Outage
from bot.courier.rasa import RasaClient
from bot.messaging.models import Button, Channel, InboundMessage, OutboundMessage
from bot.messaging.services import receive
from bot.nlu.screen import Screen
from bot.staff.accounts import add_staff
from tests.running import free_port

NOWHERE = f"http://127.0.0.1:{free_port()}"


def handler_without_rasa() -> BatchHandler:
    """With the rules alone, and a Rasa that is not there."""
    return BatchHandler(Screen(None), RasaClient(NOWHERE, "token"), Outage(NOWHERE, "token", None))


def staff(name: str, role: str = "counsellor") -> User:
    add_staff(name, role=role, password="dong-ho-xanh-9")
    return User.objects.get(username=name)


def says(text: str, key: str, address: str = "phone") -> InboundMessage:
    row = receive(Channel.WEBCHAT, address, external_id=key, text=text)
    assert row is not None
    return row


def presses(handler: BatchHandler, title: str) -> None:
    """The parent presses the newest button of that title."""
    button = Button.objects.filter(title=title).order_by("-issued_at").first()
    assert button is not None, title
    row = receive(
        Channel.WEBCHAT,
        "phone",
        external_id=f"press-{InboundMessage.objects.count()}",
        kind=InboundMessage.Kind.BUTTON,
        detail={"token": button.token},
    )
    assert row is not None
    handler.handle(row.conversation)


def texts() -> list[str]:
    """All that was said, oldest first."""
    return list(OutboundMessage.objects.order_by("pk").values_list("text", flat=True))


def all_is_read() -> None:
    """What the parent wrote so far was answered."""
    InboundMessage.objects.filter(state="new").update(state="done")
