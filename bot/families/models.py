"""A family as we know it: what it agreed to, and its children. Never a name or a Telegram id."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from bot.nlu.ages import completed_months


class Family(models.Model):
    class Consent(models.TextChoices):
        UNKNOWN = "unknown", "chưa hỏi"
        ASKED = "asked", "đã hỏi, chưa trả lời"
        AGREED = "agreed", "đồng ý lưu"
        ASK_ONLY = "ask_only", "chỉ hỏi, không lưu"

    consent = models.CharField("đồng ý", max_length=10, choices=Consent, default=Consent.UNKNOWN)
    consent_at = models.DateTimeField("lúc trả lời", null=True, blank=True)
    notice_at = models.DateTimeField("lúc xem giới thiệu", null=True, blank=True)
    is_pregnant = models.BooleanField("đang mang thai", default=False)
    wants_messages = models.BooleanField("nhận tin chủ động", default=True)
    created_at = models.DateTimeField("ngày tạo", default=timezone.now)

    class Meta:
        verbose_name = "gia đình"
        verbose_name_plural = "gia đình"

    def __str__(self) -> str:
        return f"gia đình {self.pk}"


class Child(models.Model):
    """`weeks_early` is weeks before 40; `birth_date` may be an estimate made of an age in months."""  # noqa: E501

    class Sex(models.TextChoices):
        FEMALE = "female", "gái"
        MALE = "male", "trai"

    family = models.ForeignKey(
        Family, models.CASCADE, related_name="children", verbose_name="gia đình"
    )
    nickname = models.CharField("tên gọi ở nhà", max_length=40, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    is_birth_date_estimated = models.BooleanField("ngày sinh ước chừng", default=False)
    weeks_early = models.PositiveSmallIntegerField("sinh sớm (tuần)", default=0)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    created_at = models.DateTimeField("ngày tạo", default=timezone.now)

    class Meta:
        verbose_name = "bé"
        verbose_name_plural = "bé"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(weeks_early__lte=18), name="child_weeks_early_sane"
            ),
        )

    def __str__(self) -> str:
        return f"bé {self.pk}"

    def age_months(self, on: date | None = None) -> int | None:
        """Completed months of life on that day (today when None); None when unknown."""
        if self.birth_date is None:
            return None
        return completed_months(self.birth_date, on or timezone.localdate())

    def corrected_age_months(self, on: date | None = None) -> int | None:
        """Months counted from the day the child was due, used up to two years; source: WHO, AAP."""
        months = self.age_months(on)
        if months is None or not self.weeks_early or months >= 24:
            return months
        assert self.birth_date is not None  # noqa: S101
        due = date.fromordinal(self.birth_date.toordinal() + 7 * self.weeks_early)
        return max(0, completed_months(due, on or timezone.localdate()))


class SavedArticle(models.Model):
    """An article that a family put aside to read again."""

    family = models.ForeignKey(
        Family, models.CASCADE, related_name="saved", verbose_name="gia đình"
    )
    slug = models.CharField("bài", max_length=80)
    saved_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "bài đã lưu"
        verbose_name_plural = "bài đã lưu"
        ordering = ("-saved_at",)
        constraints = (
            models.UniqueConstraint(fields=["family", "slug"], name="saved_article_once"),
        )

    def __str__(self) -> str:
        return self.slug
