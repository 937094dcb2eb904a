"""Changing what a colleague may do: role, teams, locked or not. Each change ends up in the audit
trail, and what took a right away ends the sessions too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from bot.staff.accounts import StaffError, give_role
from bot.staff.audit import record
from bot.staff.leaving import changed_role_or_locked
from bot.staff.models import AuditEvent, Role, StaffProfile, Team
from bot.staff.roles import has_role, roles_of, team_ids_of
from bot.staff.sessions import end_sessions


def people_seen_by(user: Any) -> QuerySet[User]:
    """An admin sees every account, a supervisor those of the own teams (all without a team)."""
    everybody = User.objects.order_by("-is_active", "username").prefetch_related(
        "groups", "profile__teams", "totpdevice_set"
    )
    if has_role(user, Role.ADMIN):
        return everybody
    if not has_role(user, Role.SUPERVISOR):
        return everybody.none()
    teams = team_ids_of(user)
    return everybody.filter(profile__teams__in=teams).distinct() if teams else everybody


@transaction.atomic
def change_role(user: User, role: str, *, by: Any = None) -> None:
    """Gives another role in place of the ones held. Raises StaffError for the last admin."""
    before = sorted(roles_of(user))
    if before == [role]:
        return
    if role != Role.ADMIN:
        _must_not_be_last_admin(user)
    give_role(user, role)
    record(
        AuditEvent.Action.ROLE_CHANGED,
        actor=by,
        account=user.username,
        was=", ".join(before),
        role=role,
    )
    end_sessions(user, by=by)
    changed_role_or_locked.send(User, user=user)


@transaction.atomic
def change_teams(user: User, teams: Iterable[Team], *, by: Any = None) -> None:
    """Puts an account into exactly these teams."""
    profile, _ = StaffProfile.objects.get_or_create(user=user)
    before = sorted(team.name for team in profile.teams.all())
    after = sorted(team.name for team in teams)
    if before != after:
        profile.teams.set(teams)
        record(
            AuditEvent.Action.TEAM_CHANGED,
            actor=by,
            account=user.username,
            was=", ".join(before),
            teams=", ".join(after),
        )


@transaction.atomic
def set_active(user: User, is_active: bool, *, by: Any = None) -> None:
    """Locks an account or opens it again. Raises StaffError for the last admin, and for oneself."""
    if user.is_active == is_active:
        return
    if not is_active:
        _must_not_be_last_admin(user)
        if by is not None and by.pk == user.pk:
            raise StaffError("không thể tự khoá tài khoản của mình")
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    action = AuditEvent.Action.ACCOUNT_ADDED if is_active else AuditEvent.Action.ACCOUNT_DISABLED
    record(action, actor=by, account=user.username)
    if not is_active:
        end_sessions(user, by=by)
        changed_role_or_locked.send(User, user=user)


def _must_not_be_last_admin(user: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise StaffError("đây là quản trị viên cuối cùng")
