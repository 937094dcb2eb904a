"""What tests of staff share: the phone with the authenticator, the steps of signing in."""

from __future__ import annotations

from binascii import unhexlify
from importlib import import_module
from typing import Any

import django_otp
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.staff.models import AuditEvent
from bot.staff.roles import needs_second_factor

PASSWORD = "mot-mat-khau-kha-dai"
GUARD = "bot.staff.migrations.0002_append_only_and_invitations"


def do_second_step(request: Any, user: User, **_: Any) -> None:
    """For `Client.force_login` alone: its request comes from nowhere."""
    if "REQUEST_METHOD" in request.META or not needs_second_factor(user):
        return
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True)
    request.session[django_otp.DEVICE_ID_SESSION_KEY] = device.persistent_id


def empty_audit_trail() -> None:
    """With the guards off, and on again."""
    guards = import_module(GUARD)
    with connection.schema_editor() as editor:
        guards.unguard(None, editor)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {AuditEvent._meta.db_table}")
    with connection.schema_editor() as editor:
        guards.guard(None, editor)


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """What the phone shows, `steps` of half a minute later."""
    totp = TOTP(unhexlify(device.key), device.step, device.t0, device.digits, device.drift)
    return f"{TOTP.token(_moved(totp, steps)):06d}"


def _moved(totp: TOTP, steps: int) -> TOTP:
    totp.drift += steps
    return totp


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    """The page with the password."""
    return client.post(reverse("login"), {"username": name, "password": password}, **more)


def set_up_factor(client: Client) -> tuple[TOTPDevice, list[str]]:
    """The page that sets up the second factor; the device and the backup codes."""
    client.get(reverse("staff:set_up"))
    device = TOTPDevice.objects.get(user=client.session["_auth_user_id"], confirmed=False)
    answer = client.post(reverse("staff:set_up"), {"code": code_of(device)})
    assert answer.status_code == 200, answer.content.decode()
    device.refresh_from_db()
    return device, answer.context["codes"]


def audited(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action).order_by("pk"))
