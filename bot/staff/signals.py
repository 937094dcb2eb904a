"""Signing in and out, as the audit trail keeps it."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from bot.staff.audit import record
from bot.staff.factor import has_factor
from bot.staff.models import AuditEvent
from bot.staff.sessions import note_presence


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Who has a second factor is in only after it: `views.factor` records that."""
    note_presence(request)
    if not has_factor(user):
        record(AuditEvent.Action.SIGNED_IN, actor=user, factor="password")


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        record(AuditEvent.Action.SIGNED_OUT, actor=user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    record(AuditEvent.Action.SIGN_IN_FAILED, account=_known(credentials.get("username")))


@receiver(user_locked_out)
def locked_out(username: str | None, **_: Any) -> None:
    record(AuditEvent.Action.LOCKED_OUT, account=_known(username))


def _known(name: str | None) -> str:
    """A name that is no account's is not kept: it may be a password typed into the wrong line."""
    return name if name and User.objects.filter(username=name).exists() else ""
