"""The second factor: a code from a phone's authenticator, and backup codes for when the phone is
gone. django-otp keeps the devices and slows down whoever guesses.
"""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import segno
from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.staff.audit import record
from bot.staff.models import AuditEvent
from bot.staff.roles import needs_second_factor

BACKUP_CODES = 10
APP_DIGITS = 6
QR_SCALE = 5


def has_factor(user: Any) -> bool:
    return TOTPDevice.objects.filter(user=user.pk, confirmed=True).exists()


def missing_step(user: Any) -> str | None:
    """The address's name of what somebody who gave the password still has to do before any page of
    staff opens; None: nothing.
    """
    if user.is_verified():
        return None
    if has_factor(user):
        return "staff:code"
    return "staff:set_up" if needs_second_factor(user) else None


def begin_factor(user: Any) -> TOTPDevice:
    """The device that waits for its first code; the same one until that came."""
    device = TOTPDevice.objects.filter(user=user.pk, confirmed=False).first()
    return device or TOTPDevice.objects.create(user_id=user.pk, name="totp", confirmed=False)


def qr_of(device: TOTPDevice) -> str:
    """The address of a picture that an authenticator reads."""
    code = segno.make(device.config_url, error="m")
    return str(code.svg_data_uri(scale=QR_SCALE, border=4, light="#fff", dark="#000"))


def secret_of(device: TOTPDevice) -> str:
    """What to type into an authenticator that cannot read pictures, in groups of four."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@transaction.atomic
def confirm_factor(user: Any, code: str) -> tuple[TOTPDevice, list[str]] | None:
    """Takes the waiting device into use in place of any other, with new backup codes. None: the
    code is not its.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user.pk, confirmed=False).first()
    if device is None or not device.verify_token(_plain(code)):
        return None
    TOTPDevice.objects.filter(user=user.pk).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(AuditEvent.Action.SECOND_FACTOR, actor=user, state="on")
    return device, new_backup_codes(user)


def check_code(user: Any, code: str) -> Any:
    """The device that the code is of (a backup code is used up by it), or None. Guesses slow down
    the next try.
    """
    plain = _plain(code)
    model = TOTPDevice if plain.isdigit() and len(plain) == APP_DIGITS else StaticDevice
    for device in model.objects.filter(user=user.pk, confirmed=True):
        if verify_token(user, device.persistent_id, plain):
            return device
    return None


@transaction.atomic
def new_backup_codes(user: Any) -> list[str]:
    """Makes them anew; the old ones are worth nothing any more. Shown once."""
    StaticDevice.objects.filter(user=user.pk).delete()
    device = StaticDevice.objects.create(user_id=user.pk, name="backup")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def remove_factor(user: Any, *, by: Any = None) -> bool:
    """Takes every device away; False: there was none."""
    devices = list(devices_for_user(user, confirmed=None))
    for device in devices:
        device.delete()
    record(AuditEvent.Action.SECOND_FACTOR, actor=by, account=user.get_username(), state="off")
    return bool(devices)


def _plain(code: str) -> str:
    return "".join(code.split()).lower()
