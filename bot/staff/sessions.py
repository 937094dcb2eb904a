"""How long somebody stays signed in, and ending it everywhere."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from bot.staff.audit import record
from bot.staff.models import AuditEvent

SINCE, LAST = "mam_since", "mam_last"
# How often the last sign of a person is written down.
NOTED_EVERY_S = 300


def has_ended(request: HttpRequest) -> bool:
    """Whether the sign-in is too old, or nobody has sat there for too long."""
    now, session = time.time(), request.session
    return bool(
        now - session.get(SINCE, now) > settings.SESSION_COOKIE_AGE
        or now - session.get(LAST, now) > settings.MAM_IDLE_S
    )


def note_presence(request: HttpRequest) -> None:
    """A person did something; a page that asks for news by itself is no sign of one."""
    now = int(time.time())
    request.session.setdefault(SINCE, now)
    if now - request.session.get(LAST, 0) >= NOTED_EVERY_S:
        request.session[LAST] = now


@transaction.atomic
def end_sessions(user: Any, *, by: Any = None) -> int:
    """Signs an account out of every browser. How many sessions there were."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    ended = [row.pk for row in rows if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()
    record(AuditEvent.Action.SIGNED_OUT_EVERYWHERE, actor=by, account=user.get_username())
    return len(ended)
