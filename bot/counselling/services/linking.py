"""Links a counsellor's account with their private chat with the bot, and takes the link away."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from bot.staff.audit import record
from bot.staff.models import AuditEvent, StaffProfile, new_link_code


@transaction.atomic
def make_link_code(user: User) -> str:
    """A new code for this account; the one of before does nothing any more."""
    profile, _ = StaffProfile.objects.get_or_create(user=user)
    profile.link_code = new_link_code()
    profile.save(update_fields=["link_code"])
    return profile.link_code


@transaction.atomic
def link_chat(code: str, address: str) -> StaffProfile | None:
    """Links the chat with the account of the code, which is then used up. None: no such code, or
    the chat is another account's.
    """
    profile = (
        StaffProfile.objects.select_for_update()
        .filter(link_code=code, user__is_active=True)
        .select_related("user")
        .first()
    )
    others = StaffProfile.objects.filter(telegram_chat=address)
    if profile is None or others.exclude(pk=profile.pk).exists():
        return None
    profile.telegram_chat, profile.link_code = address, new_link_code()
    profile.save(update_fields=["telegram_chat", "link_code"])
    record(AuditEvent.Action.TELEGRAM_LINKED, actor=profile.user, is_linked=True)
    return profile


@transaction.atomic
def unlink_chat(profile: StaffProfile) -> None:
    """The chat is nobody's any more; whoever writes there is a parent."""
    if not profile.telegram_chat:
        return
    profile.telegram_chat = ""
    profile.save(update_fields=["telegram_chat"])
    record(AuditEvent.Action.TELEGRAM_LINKED, actor=profile.user, is_linked=False)
