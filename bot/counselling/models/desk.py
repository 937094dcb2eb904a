"""What counsellors work with at their desk: labels, canned replies, drafts, who is looking, a call
for support.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.counselling.models.case import Case


class Label(models.Model):
    name = models.CharField("nhãn", max_length=40, unique=True)
    cases: models.ManyToManyField[Case, Any] = models.ManyToManyField(
        Case, blank=True, related_name="labels", verbose_name="ca"
    )

    class Meta:
        verbose_name = "nhãn"
        verbose_name_plural = "nhãn"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class CannedReply(models.Model):
    """`{tuoi}`, `{be}`, `{ten_tu_van}`, `{so_ca}` and `{hotline:key}` are filled in when it is
    taken.
    """

    title = models.CharField("tên", max_length=80)
    text = models.TextField("câu trả lời", max_length=2000)
    # Values of Case.Reason it is offered for; empty: for all.
    reasons: models.JSONField[list[str]] = models.JSONField("lý do", default=list, blank=True)
    # None: everybody's.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_replies",
        verbose_name="của ai",
    )

    class Meta:
        verbose_name = "câu trả lời sẵn"
        verbose_name_plural = "câu trả lời sẵn"
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """What somebody has typed for a case and not sent."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(max_length=4000)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "nháp"
        verbose_name_plural = "nháp"
        constraints = (
            models.UniqueConstraint(fields=("case", "user"), name="one_draft_per_case_and_user"),
        )

    def __str__(self) -> str:
        return f"nháp {self.pk}"


class Presence(models.Model):
    """Who has a case open, and when they last typed; a minute later it says nothing any more."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    typed_at = models.DateTimeField(null=True, blank=True)
    # Number of the parent's last message that stood on the page they were shown.
    shown = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "người đang xem"
        verbose_name_plural = "người đang xem"
        constraints = (
            models.UniqueConstraint(fields=("case", "user"), name="one_presence_per_case_and_user"),
        )

    def __str__(self) -> str:
        return f"người đang xem {self.pk}"


class SupportRequest(models.Model):
    """A counsellor who needs a supervisor: for a case that weighs, or for themselves."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="support_requests", verbose_name="ai"
    )
    case = models.ForeignKey(
        Case,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="support_requests",
        verbose_name="ca",
    )
    text = models.TextField("lời nhắn", max_length=1000, blank=True)
    asked_at = models.DateTimeField("lúc", default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đã đến",
    )
    answered_at = models.DateTimeField("đã đến lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lời xin hỗ trợ"
        verbose_name_plural = "lời xin hỗ trợ"
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"lời xin hỗ trợ {self.pk}"
