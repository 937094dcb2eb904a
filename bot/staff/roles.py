"""What a person may be and see: questions that other rooms ask of an account. Never writes."""

from __future__ import annotations

from typing import Any

from bot.staff.models import Role, Team

# These see many families' cases, or decide who does: a second factor is not left to choice.
SECOND_FACTOR_ROLES = {Role.SUPERVISOR, Role.ADMIN}


def roles_of(user: Any) -> set[str]:
    """The roles of an account; none for somebody who is not signed in or was locked."""
    if not user.is_authenticated or not user.is_active:
        return set()
    if not hasattr(user, "_mam_roles"):
        names = set(user.groups.values_list("name", flat=True)) & set(Role.values)
        user._mam_roles = names | ({Role.ADMIN.value} if user.is_superuser else set())
    return set(user._mam_roles)


def has_role(user: Any, *roles: str) -> bool:
    return bool(roles_of(user) & set(roles))


def needs_second_factor(user: Any) -> bool:
    return has_role(user, *SECOND_FACTOR_ROLES)


def team_ids_of(user: Any) -> list[int]:
    """Ids of the teams an account belongs to."""
    if not hasattr(user, "_mam_teams"):
        user._mam_teams = list(Team.objects.filter(members__user=user).values_list("pk", flat=True))
    return list(user._mam_teams)


def name_of(user: Any) -> str:
    """How colleagues and parents know a person: the full name, else the account's."""
    return (user.get_full_name() or user.get_username()) if user else ""
