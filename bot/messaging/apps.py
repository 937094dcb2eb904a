"""Registers the app, and what it keeps of a family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from bot.families.models import Family


class MessagingConfig(AppConfig):
    name = "bot.messaging"
    verbose_name = "Tin nhắn"

    def ready(self) -> None:
        from bot.families.registry import on_erase, on_export

        on_erase("messages", _erase)
        on_export("conversations", _export)


def _erase(family: Family) -> None:
    from bot.messaging.tracker import forget_tracker

    # Held, so that nothing is written for a search of it meanwhile.
    for conversation in family.conversations.select_for_update():
        forget_tracker(conversation.sender_id)
        conversation.delete()


def _export(family: Family) -> list[dict[str, Any]]:
    return [
        {
            "channel": conversation.channel,
            "since": conversation.created_at,
            "received": list(conversation.inbound.values("received_at", "kind", "text")),
            "sent": list(conversation.outbound.values("created_at", "author", "text")),
        }
        for conversation in family.conversations.all()
    ]
