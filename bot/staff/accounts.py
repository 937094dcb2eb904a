"""Staff accounts and their roles. A role is a group; an admin is a superuser."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from bot.staff.audit import record
from bot.staff.leaving import changed_role_or_locked
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
def add_staff(name: str, *, role: str, password: str, full_name: str = "") -> User:
    """Adds an account with one role. Raises StaffError when the name is taken or not one, or the
    password weak.
    """
    if User.objects.filter(username=name).exists():
        raise StaffError(f"đã có tài khoản tên {name}")
    user = User(username=name, first_name=full_name)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise StaffError(" ".join(error.messages)) from error
    check_password(password, user)
    user.set_password(password)
    user.save()
    give_role(user, role)
    StaffProfile.objects.create(user=user)
    record(AuditEvent.Action.ACCOUNT_ADDED, account=name, role=role)
    return user


@transaction.atomic
def give_role(user: User, role: str) -> None:
    """Makes this the only role of an account."""
    user.is_staff = user.is_superuser = role == Role.ADMIN
    user.save(update_fields=["is_staff", "is_superuser"])
    user.groups.set([] if role == Role.ADMIN else [role_group(role)])
    vars(user).pop("_mam_roles", None)


@transaction.atomic
def set_staff_password(name: str, password: str) -> None:
    """Gives an account another password, which ends its sessions. Raises StaffError when there is
    none of that name.
    """
    user = find_staff(name)
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AuditEvent.Action.PASSWORD_CHANGED, account=name)


@transaction.atomic
def change_own_password(user: User, *, old: str, new: str) -> None:
    """Raises StaffError: the old one is wrong, or the new one is weak."""
    if not user.check_password(old):
        raise StaffError("mật khẩu đang dùng chưa đúng")
    check_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])
    record(AuditEvent.Action.PASSWORD_CHANGED, actor=user, account=user.username)


@transaction.atomic
def disable_staff(name: str) -> None:
    """Locks an account; what it did stays in the history."""
    user = find_staff(name)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(AuditEvent.Action.ACCOUNT_DISABLED, account=name)
    changed_role_or_locked.send(User, user=user)


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


def find_staff(name: str) -> User:
    """Raises StaffError when there is none of that name."""
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise StaffError(f"không có tài khoản tên {name}") from error


def check_password(password: str, user: User) -> None:
    """Raises StaffError, saying what is weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise StaffError(" ".join(error.messages)) from error
