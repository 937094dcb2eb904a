"""Questions that Mầm could not answer, for trainers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class UnansweredQuestion(models.Model):
    """What Mầm could not answer, for trainers; names and numbers are taken out before it is
    written.
    """

    text = models.CharField("câu hỏi", max_length=300)

    class Reason(models.TextChoices):
        NOTHING = "nothing", "chưa có bài"
        NOT_HELPFUL = "not_helpful", "bài chưa đúng ý"
        OTHER_QUESTION = "other_question", "không phải điều được hỏi"
        INCOMPLETE = "incomplete", "thiếu điều cần"
        UNCLEAR = "unclear", "khó hiểu"
        OTHER_AGE = "other_age", "không hợp tuổi bé"

    reason = models.CharField("vì sao", max_length=20, choices=Reason)
    child_months = models.PositiveSmallIntegerField("tuổi bé (tháng)", null=True, blank=True)
    key = models.CharField(max_length=40, unique=True, editable=False)
    asked_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "câu chưa trả lời được"
        verbose_name_plural = "câu chưa trả lời được"
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return self.text
