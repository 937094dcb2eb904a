"""Staff accounts and their roles. A role is a group; an admin is a superuser."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from bot.staff.audit import record
from bot.staff.models import AuditEvent, Role, StaffProfile

DESK = "counselling"
# What a counsellor must not do: see the board of the whole team.
SUPERVISORS_ONLY = ("supervise",)


class StaffError(Exception):
    """An account could not be made or changed; `user_message` says why."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@dataclass(frozen=True)
class Account:
    name: str
    roles: tuple[str, ...]
    is_active: bool


@transaction.atomic
def add_staff(name: str, *, role: str, password: str) -> None:
    """Adds an account with one role. Raises StaffError when the name is taken or the password weak."""  # noqa: E501
    if User.objects.filter(username=name).exists():
        raise StaffError(f"đã có tài khoản tên {name}")
    user = User(username=name, is_staff=role == Role.ADMIN, is_superuser=role == Role.ADMIN)
    _check(password, user)
    user.set_password(password)
    user.save()
    if role != Role.ADMIN:
        user.groups.add(role_group(role))
    StaffProfile.objects.create(user=user)
    record(AuditEvent.Action.ACCOUNT_ADDED, account=name, role=role)


@transaction.atomic
def set_staff_password(name: str, password: str) -> None:
    """Gives an account another password. Raises StaffError when there is none of that name."""
    user = _find(name)
    _check(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AuditEvent.Action.PASSWORD_CHANGED, account=name)


@transaction.atomic
def disable_staff(name: str) -> None:
    """Locks an account; what it did stays in the history."""
    user = _find(name)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(AuditEvent.Action.ACCOUNT_DISABLED, account=name)


def list_staff() -> list[Account]:
    """Every account with its roles, by name."""
    return [
        Account(
            user.username,
            ("admin",)
            if user.is_superuser
            else tuple(sorted(group.name for group in user.groups.all())),
            user.is_active,
        )
        for user in User.objects.prefetch_related("groups").order_by("username")
    ]


def role_group(role: str) -> Group:
    """The group of a role, with the permissions that role needs."""
    group, _ = Group.objects.get_or_create(name=role)
    group.permissions.set(_permissions(role))
    return group


def _permissions(role: str) -> QuerySet[Permission]:
    every = Permission.objects.all()
    desk = every.filter(content_type__app_label=DESK)
    return {
        Role.TRAINER: every.filter(content_type__app_label="programme")
        | every.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        | desk.filter(codename="see_marks"),
        Role.COUNSELLOR: desk.exclude(codename__in=SUPERVISORS_ONLY),
        Role.SUPERVISOR: desk,
        Role.AUDITOR: every.filter(codename="view_auditevent"),
    }[Role(role)]


def _find(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise StaffError(f"không có tài khoản tên {name}") from error


def _check(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise StaffError(" ".join(error.messages)) from error
