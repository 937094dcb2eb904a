"""A case: a family that a person must look after, from the moment it was raised until it is closed."""  # noqa: E501

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class Case(models.Model):
    class Priority(models.TextChoices):
        URGENT = "urgent", "khẩn cấp"
        HIGH = "high", "cao"
        NORMAL = "normal", "thường"

    class State(models.TextChoices):
        WAITING = "waiting", "chờ nhận"
        CLAIMED = "claimed", "đang phụ trách"
        WAITING_FOR_PARENT = "waiting_for_parent", "chờ ba mẹ trả lời"
        SNOOZED = "snoozed", "hẹn lại"
        CLOSED = "closed", "đã đóng"

    class Reason(models.TextChoices):
        MEDICAL_EMERGENCY = "medical_emergency", "dấu hiệu nguy hiểm"
        CHILD_ABUSE = "child_abuse", "nghi trẻ bị xâm hại"
        DOMESTIC_VIOLENCE = "domestic_violence", "bạo lực gia đình"
        SELF_HARM = "self_harm", "ý nghĩ tự hại"
        SEE_DOCTOR_SOON = "see_doctor_soon", "nên đi khám sớm"
        CAREGIVER_DISTRESS = "caregiver_distress", "ba mẹ kiệt sức, buồn"
        DEVELOPMENTAL_CONCERN = "developmental_concern", "lo về phát triển"
        WANTS_HUMAN = "wants_human", "muốn gặp người"
        ASKED = "asked", "xin gặp tư vấn viên"
        OFFER = "offer", "nhận lời mời"
        TWO_FAILURES = "two_failures", "hai lần chưa trả lời được"
        LOW_RATING = "low_rating", "chấm điểm thấp"

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "đã giải đáp"
        REFERRED = "referred", "đã chỉ nơi giúp"
        EMERGENCY = "emergency", "đã đi cấp cứu"
        NO_REPLY = "no_reply", "ba mẹ không trả lời nữa"
        MISTAKE = "mistake", "mở nhầm"
        ERASED = "erased", "gia đình xoá dữ liệu"

    family = models.ForeignKey(
        "families.Family", models.SET_NULL, null=True, related_name="cases", verbose_name="gia đình"
    )
    conversation = models.ForeignKey(
        "messaging.Conversation",
        models.SET_NULL,
        null=True,
        related_name="cases",
        verbose_name="cuộc trò chuyện",
    )
    # The message that raised it; the words that raised it are in its alert.
    raised_by = models.ForeignKey(
        "messaging.InboundMessage", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("lý do", max_length=24, choices=Reason)
    priority = models.CharField("mức ưu tiên", max_length=6, choices=Priority)
    state = models.CharField("tình trạng", max_length=20, choices=State, default=State.WAITING)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="người phụ trách",
    )
    # Completed months when it was opened; kept when the family is erased.
    child_age_months = models.PositiveSmallIntegerField("tuổi bé (tháng)", null=True, blank=True)
    opened_at = models.DateTimeField("mở lúc", default=timezone.now)
    claimed_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    first_response_at = models.DateTimeField("phản hồi đầu tiên", null=True, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=12, choices=Outcome, blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    # How often the parent was told that nobody has taken the case yet, and when last.
    unclaimed_told = models.PositiveSmallIntegerField(default=0)
    unclaimed_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ca"
        verbose_name_plural = "ca"
        constraints = (
            models.UniqueConstraint(
                fields=("family",),
                condition=~models.Q(state="closed"),
                name="one_open_case_per_family",
            ),
        )

    def __str__(self) -> str:
        return f"ca {self.pk}"


class CaseEvent(models.Model):
    """The history of a case. Rows are added, never changed; no words of a parent stand here."""

    class Kind(models.TextChoices):
        OPENED = "opened", "mở"
        RAISED = "raised", "nâng mức"
        CLAIMED = "claimed", "nhận"
        RELEASED = "released", "trả lại hàng chờ"
        REPLIED = "replied", "trả lời"
        NOTED = "noted", "ghi chú"
        STATE_CHANGED = "state_changed", "đổi tình trạng"
        UNCLAIMED_TOLD = "unclaimed_told", "báo chưa có người nhận"
        RETURNED = "returned", "ba mẹ gọi lại trợ lý"
        CLOSED = "closed", "đóng"
        ERASED = "erased", "gia đình xoá dữ liệu"

    case = models.ForeignKey(Case, models.PROTECT, related_name="history", verbose_name="ca")
    kind = models.CharField("việc", max_length=16, choices=Kind)
    # None: the machine or the parent.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="ai"
    )
    detail: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "lịch sử ca"
        verbose_name_plural = "lịch sử ca"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%H:%M}"


class CaseNote(models.Model):
    """An internal note; the parent never sees it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes", verbose_name="ca")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người viết")
    text = models.TextField("ghi chú", max_length=4000)
    written_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "ghi chú"
        verbose_name_plural = "ghi chú"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"ghi chú {self.pk}"
