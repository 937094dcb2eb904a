"""Teams, what we keep of an account beside Django's own row, the roster, invitations, and the audit
trail, whose rows are only ever added.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    """A role is a group of that name; an admin is a superuser."""

    COUNSELLOR = "counsellor", "tư vấn viên"
    SUPERVISOR = "supervisor", "giám sát"
    TRAINER = "trainer", "người soạn bài"
    AUDITOR = "auditor", "kiểm tra viên"
    ADMIN = "admin", "quản trị"


class Team(models.Model):
    """Who gets which cases: an empty list takes every reason, topic or province."""

    name = models.CharField("tên đội", max_length=60, unique=True)
    # Values of Case.Reason, domains of the library, names of provinces (after July 2025).
    reasons: models.JSONField[list[str]] = models.JSONField("lý do", default=list, blank=True)
    topics: models.JSONField[list[str]] = models.JSONField("chủ đề", default=list, blank=True)
    provinces: models.JSONField[list[str]] = models.JSONField(
        "tỉnh, thành phố", default=list, blank=True
    )

    class Meta:
        verbose_name = "đội"
        verbose_name_plural = "đội"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


def new_link_code() -> str:
    return secrets.token_urlsafe(9)


class StaffProfile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile", verbose_name="tài khoản"
    )
    teams: models.ManyToManyField[Team, Any] = models.ManyToManyField(
        Team, blank=True, related_name="members", verbose_name="đội"
    )
    max_open_cases = models.PositiveSmallIntegerField("số ca tối đa cùng lúc", default=12)
    is_away = models.BooleanField("đang vắng", default=False)
    # The private chat with the bot from which this person answers; never shown, not even to admins.
    telegram_chat = models.CharField(max_length=80, blank=True, editable=False)
    # Sent to the bot once (`/start nv_<code>`), it links that chat; then it is made anew.
    link_code = models.CharField(max_length=24, default=new_link_code, editable=False)

    class Meta:
        verbose_name = "hồ sơ nhân viên"
        verbose_name_plural = "hồ sơ nhân viên"
        constraints = (
            models.UniqueConstraint(
                fields=("telegram_chat",),
                condition=~models.Q(telegram_chat=""),
                name="one_account_per_telegram_chat",
            ),
        )

    def __str__(self) -> str:
        return f"hồ sơ {self.user_id}"


class Shift(models.Model):
    """One stretch of duty; `is_on_call` is who is alerted of urgent cases outside working hours."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts", verbose_name="người trực"
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="shifts", verbose_name="đội"
    )
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    is_on_call = models.BooleanField("trực ngoài giờ", default=False)

    class Meta:
        verbose_name = "ca trực"
        verbose_name_plural = "ca trực"
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"ca trực {self.pk}"


class Invitation(models.Model):
    """A link by which somebody makes an account; only the link's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField("vai trò", max_length=12, choices=Role)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="đội"
    )
    # None: made on the command line.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người mời",
    )
    made_at = models.DateTimeField("mời lúc", default=timezone.now)
    expires_at = models.DateTimeField("hết hạn")
    used_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đã nhận",
    )

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"lời mời {self.pk}"


class AppendOnly(models.QuerySet[Any]):
    """Refuses what would change or take away a row that is there."""

    def update(self, **values: Any) -> int:
        raise TypeError("the audit trail is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the audit trail is append-only")


class AuditEvent(models.Model):
    """Who did what to which row, when, from where. No words of a parent stand here, so it stays when
    a family erases its data.
    """  # noqa: E501

    class Action(models.TextChoices):
        SIGNED_IN = "signed_in", "đăng nhập"
        SIGN_IN_FAILED = "sign_in_failed", "đăng nhập sai"
        LOCKED_OUT = "locked_out", "bị khoá vì thử nhiều lần"
        SIGNED_OUT = "signed_out", "đăng xuất"
        SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", "đăng xuất mọi nơi"
        SECOND_FACTOR = "second_factor", "bật mã hai bước"
        PASSWORD_CHANGED = "password_changed", "đổi mật khẩu"
        INVITED = "invited", "mời nhân viên"
        JOINED = "joined", "nhận lời mời"
        ACCOUNT_ADDED = "account_added", "thêm tài khoản"
        ACCOUNT_DISABLED = "account_disabled", "khoá tài khoản"
        ROLE_CHANGED = "role_changed", "đổi vai trò"
        TEAM_CHANGED = "team_changed", "đổi đội"
        SETTINGS_CHANGED = "settings_changed", "đổi cài đặt"
        TELEGRAM_LINKED = "telegram_linked", "nối Telegram"
        CASE_SEEN = "case_seen", "xem ca"
        FILE_SEEN = "file_seen", "xem tệp của ca"
        UNMASKED = "unmasked", "xem chữ đã che"
        CASE_CHANGED = "case_changed", "việc với ca"
        REPLIED = "replied", "trả lời"
        NOTED = "noted", "ghi chú"
        EXPORTED = "exported", "xuất dữ liệu"
        ERASED = "erased", "gia đình xoá dữ liệu"

    at = models.DateTimeField("lúc", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ai",
    )
    # Kept beside the link: an account may go, what it did stays readable.
    actor_name = models.CharField("tên tài khoản", max_length=150, blank=True)
    action = models.CharField("việc", max_length=24, choices=Action)
    # The number of the case; not a link, because this app stands below counselling.
    case_number = models.PositiveBigIntegerField("ca", null=True, blank=True, db_index=True)
    detail: models.JSONField[dict[str, Any]] = models.JSONField(
        "chi tiết", default=dict, blank=True
    )
    address = models.GenericIPAddressField("từ địa chỉ", null=True, blank=True)
    device = models.CharField("thiết bị", max_length=120, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "dấu vết"
        verbose_name_plural = "dấu vết"
        ordering = ("-pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds; raises TypeError when the row is there already."""
        if self.pk is not None:
            raise TypeError("the audit trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the audit trail is append-only")
