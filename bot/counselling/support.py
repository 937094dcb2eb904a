"""Who asked for support, and who may answer. Never writes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bot.counselling.models import SupportRequest
from bot.staff.models import Role
from bot.staff.roles import has_role, team_ids_of


def support_of(user: Any) -> QuerySet[SupportRequest]:
    """What somebody asked for themselves, the newest first."""
    return SupportRequest.objects.filter(by=user.pk).select_related("answered_by", "case")


def answerable_by(user: Any) -> QuerySet[SupportRequest]:
    """Requests that a supervisor sees: of their teams' people and cases, and of those without a team;
    all of them for an admin and a supervisor without a team. Nobody answers their own.
    """  # noqa: E501
    rows = SupportRequest.objects.exclude(by=user.pk).select_related("by", "answered_by", "case")
    if not has_role(user, Role.SUPERVISOR, Role.ADMIN):
        return rows.none()
    teams = team_ids_of(user)
    if has_role(user, Role.ADMIN) or not teams:
        return rows
    return rows.filter(
        Q(by__profile__teams__in=teams) | Q(by__profile__teams=None) | Q(case__team__in=teams)
    ).distinct()


def support_waiting(user: Any) -> int:
    """How many requests wait for this supervisor; 0 for others."""
    return answerable_by(user).filter(answered_at=None).count()
