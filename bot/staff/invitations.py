"""Inviting a colleague by a link that works once, for seven days. Only the link's hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.staff.accounts import StaffError, add_staff
from bot.staff.audit import record
from bot.staff.models import AuditEvent, Invitation, Role, Team
from bot.staff.roles import has_role, team_ids_of

VALID_FOR = timedelta(days=7)


@transaction.atomic
def invite(*, by: Any, role: str, team: Team | None = None) -> str:
    """The token of a new link. `by` None: the command line. Raises StaffError when `by` may not."""
    if by is not None and not may_invite(by, role, team):
        raise StaffError("tài khoản này không được mời vai trò hoặc đội đó")
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_hash=_hash(token),
        role=Role(role),
        team=team,
        made_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    record(AuditEvent.Action.INVITED, actor=by, role=role, team=team.name if team else "")
    return token


def may_invite(user: Any, role: str, team: Team | None) -> bool:
    """An admin invites anybody; a supervisor counsellors of an own team."""
    if has_role(user, Role.ADMIN):
        return True
    if not has_role(user, Role.SUPERVISOR) or role != Role.COUNSELLOR:
        return False
    teams = team_ids_of(user)
    return team.pk in teams if team is not None else not teams


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link that still holds: not used, not expired, its maker not locked."""
    return (
        Invitation.objects.filter(
            token_hash=_hash(token), used_by=None, expires_at__gt=timezone.now()
        )
        .exclude(made_by__is_active=False)
        .select_related("team")
        .first()
    )


@transaction.atomic
def accept(token: str, *, name: str, full_name: str, password: str) -> User:
    """Makes the account that the link invites to. Raises StaffError: the link does not hold, the
    name is taken, the password is weak.
    """
    found = find_invitation(token)
    # The row is locked, so that two who open the link at once do not both get in.
    invitation = (
        Invitation.objects.select_for_update().filter(pk=found.pk, used_by=None).first()
        if found
        else None
    )
    if invitation is None:
        raise StaffError("lời mời này không còn dùng được")
    user = add_staff(name, role=invitation.role, password=password, full_name=full_name)
    if invitation.team is not None:
        user.profile.teams.add(invitation.team)  # type: ignore[attr-defined]
    invitation.used_by = user
    invitation.save(update_fields=["used_by"])
    record(AuditEvent.Action.JOINED, actor=user, role=invitation.role)
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
