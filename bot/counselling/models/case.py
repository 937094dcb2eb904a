"""A case: a family that a person must look after, from the moment it was raised until it is closed."""  # noqa: E501

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.staff.models import Role
from bot.staff.roles import has_role, team_ids_of


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> CaseQuerySet:
        """The cases an account may read. Every view of a case begins here.

        A counsellor sees their own, those they are second reader of, their teams' and those of no
        team; a supervisor their teams' and those of no team (all, without a team of their own); an
        admin all; anybody else none.
        """
        if has_role(user, Role.ADMIN):
            return self
        if not has_role(user, Role.COUNSELLOR, Role.SUPERVISOR):
            return self.none()
        teams = team_ids_of(user)
        if not teams and has_role(user, Role.SUPERVISOR):
            return self
        own = models.Q(assignee=user.pk) | models.Q(second_reader=user.pk)
        return self.filter(own | models.Q(team=None) | models.Q(team__in=teams))


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
    team = models.ForeignKey(
        "staff.Team",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="đội",
    )
    # A second pair of eyes on cases of abuse and suicide.
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đọc thứ hai",
    )
    # A domain of the library; empty when nothing tells what it is about.
    topic = models.CharField("chủ đề", max_length=16, blank=True)
    province = models.CharField("tỉnh, thành phố", max_length=60, blank=True)
    snoozed_until = models.DateTimeField("hẹn lại lúc", null=True, blank=True)
    # Clocks, in real time: when each target is missed. None: no clock runs.
    first_response_due_at = models.DateTimeField("hạn phản hồi", null=True, blank=True)
    resolution_due_at = models.DateTimeField("hạn xong ca", null=True, blank=True)
    # The first response of all and its target, once the clock of the first response began anew.
    original_response_at = models.DateTimeField(null=True, blank=True)
    original_response_due_at = models.DateTimeField(null=True, blank=True)
    # When it was shown to be late soon, and when the supervisor was told that it is.
    warned_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField("báo giám sát lúc", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=12, choices=Outcome, blank=True)
    follow_up_on = models.DateField("ngày hỏi lại", null=True, blank=True)
    followed_up_at = models.DateTimeField("đã hỏi lại lúc", null=True, blank=True)
    reopened_at = models.DateTimeField("mở lại lúc", null=True, blank=True)
    times_reopened = models.PositiveSmallIntegerField("số lần mở lại", default=0)
    # Both 1–5, one tap each: how it was, and how the parent feels (before the talk, after it).
    rating = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    feeling_before = models.PositiveSmallIntegerField("cảm thấy lúc đầu", null=True, blank=True)
    feeling_after = models.PositiveSmallIntegerField("cảm thấy lúc cuối", null=True, blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    # How often the parent was told that nobody has taken the case yet, and when last.
    unclaimed_told = models.PositiveSmallIntegerField(default=0)
    unclaimed_told_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "ca"
        verbose_name_plural = "ca"
        permissions = (("supervise", "giám sát các ca của đội"), ("see_marks", "xem điều cần sửa"))
        constraints = (
            models.UniqueConstraint(
                fields=("family",),
                condition=~models.Q(state="closed"),
                name="one_open_case_per_family",
            ),
        )
        indexes = (
            models.Index(
                fields=("state", "assignee"),
                condition=~models.Q(state="closed"),
                name="case_open",
            ),
            models.Index(fields=("closed_at",), name="case_closed_at"),
            models.Index(fields=("opened_at",), name="case_opened_at"),
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
        ASSIGNED = "assigned", "giao"
        TAKEN_OVER = "taken_over", "nhận thay"
        REFUSED = "refused", "từ chối"
        ROUTED = "routed", "chuyển đội"
        SNOOZED = "snoozed", "hẹn lại"
        WOKEN = "woken", "đến hẹn"
        LATE_SOON = "late_soon", "sắp trễ"
        ESCALATED = "escalated", "trễ, báo giám sát"
        LABELLED = "labelled", "đổi nhãn"
        CHECKED = "checked", "việc trong danh sách"
        MARKED = "marked", "báo điều sai"
        ARTICLE_SENT = "article_sent", "gửi bài"
        REFERRED = "referred", "giới thiệu nơi giúp"
        REFERRAL_KNOWN = "referral_known", "kết quả giới thiệu"
        SECOND_READER = "second_reader", "mời đọc thứ hai"
        SUPPORT_ASKED = "support_asked", "xin hỗ trợ"
        FOLLOWED_UP = "followed_up", "hỏi lại ba mẹ"
        CONFIRMED = "confirmed", "ba mẹ trả lời câu xác nhận"
        RATED = "rated", "ba mẹ chấm điểm"
        REOPENED = "reopened", "mở lại"
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
    # Colleagues named with @ in the text.
    mentions: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="nhắc tên"
    )
    written_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "ghi chú"
        verbose_name_plural = "ghi chú"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"ghi chú {self.pk}"
