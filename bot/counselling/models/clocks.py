"""What the clocks of cases go by: targets, working hours, days that are not as the others."""

from __future__ import annotations

from django.db import models


class ClockTarget(models.Model):
    """How long a case of a priority may wait; a row that is missing means the shipped default."""

    priority = models.CharField("mức ưu tiên", max_length=6, unique=True)
    first_response_minutes = models.PositiveIntegerField("phản hồi đầu tiên (phút)")
    resolution_minutes = models.PositiveIntegerField("xong ca (phút)")
    # Only minutes within working hours count.
    in_working_hours = models.BooleanField("chỉ tính giờ làm việc", default=False)

    class Meta:
        verbose_name = "hạn của mức ưu tiên"
        verbose_name_plural = "hạn của các mức ưu tiên"

    def __str__(self) -> str:
        return self.priority


class WorkingHours(models.Model):
    """One stretch of a weekday (0 is Monday); no row at all means the shipped default."""

    weekday = models.PositiveSmallIntegerField("thứ", choices=[(day, day) for day in range(7)])
    starts = models.TimeField("từ")
    ends = models.TimeField("đến")

    class Meta:
        verbose_name = "giờ làm việc"
        verbose_name_plural = "giờ làm việc"
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="hours_end_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}–{self.ends:%H:%M}"


class SpecialDay(models.Model):
    """A day off beside the public holidays, or a holiday on which people do work."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=80)
    is_working = models.BooleanField("vẫn làm việc", default=False)

    class Meta:
        verbose_name = "ngày đặc biệt"
        verbose_name_plural = "ngày đặc biệt"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.name} {self.day:%d/%m/%Y}"
