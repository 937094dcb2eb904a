"""Whether this database holds invented data (`mam demo seed`): no page passes it off as real."""

from __future__ import annotations

from bot.messaging.models import Channel, Conversation


def address_of(number: int) -> str:
    """The address of an invented chat; a real one of the web chat is a hash."""
    return f"demo-{number}"


def holds_invented_data() -> bool:
    """One look into an index."""
    return Conversation.objects.filter(channel=Channel.WEBCHAT, address=address_of(0)).exists()
