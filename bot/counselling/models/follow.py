"""What is done with a case beside talking: the checklist, marks for trainers, services and referrals."""  # noqa: E501

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.counselling.directory import kinds
from bot.counselling.models.case import Case


class CaseCheck(models.Model):
    """A point of the reason's checklist (data/programme/checklists.yml) that was done."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="checks")
    item = models.CharField("việc", max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "việc đã làm"
        verbose_name_plural = "việc đã làm"
        constraints = (
            models.UniqueConstraint(fields=("case", "item"), name="each_check_once_per_case"),
        )

    def __str__(self) -> str:
        return self.item


class Mark(models.Model):
    """What a counsellor saw to be wrong, for the trainers; `question` has its names taken out."""

    class Kind(models.TextChoices):
        WRONG_LABEL = "wrong_label", "nhãn sai"
        WRONG_ARTICLE = "wrong_article", "bài không hợp"

    case = models.ForeignKey(
        Case, models.SET_NULL, null=True, related_name="marks", verbose_name="ca"
    )
    kind = models.CharField("loại", max_length=14, choices=Kind)
    # The alert's label or the article's slug that was wrong.
    was = models.CharField("đã cho", max_length=80)
    question = models.TextField("câu hỏi đã che tên", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ai"
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    is_done = models.BooleanField("đã xử lý", default=False)

    class Meta:
        verbose_name = "điều cần sửa"
        verbose_name_plural = "điều cần sửa"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Service(models.Model):
    """A place that helps. Kinds ship in data/programme/services.yml; an organisation that deploys
    Mầm fills in its own places by spreadsheet.
    """

    kind = models.CharField("loại dịch vụ", max_length=40)
    name = models.CharField("tên", max_length=160)
    province = models.CharField("tỉnh, thành phố", max_length=60, blank=True)
    address = models.CharField("địa chỉ", max_length=240, blank=True)
    hours = models.CharField("giờ mở cửa", max_length=120, blank=True)
    contact = models.CharField("liên hệ", max_length=120, blank=True)
    cost = models.CharField("chi phí", max_length=120, blank=True)
    note = models.TextField("ghi chú", max_length=600, blank=True)
    # Who told us so, and when: nothing in the directory is invented.
    source = models.CharField("nguồn", max_length=240)
    checked_on = models.DateField("ngày kiểm tra")
    is_active = models.BooleanField("còn dùng", default=True)

    class Meta:
        verbose_name = "dịch vụ"
        verbose_name_plural = "dịch vụ"
        ordering = ("kind", "province", "name")
        constraints = (
            models.UniqueConstraint(fields=("kind", "name", "province"), name="service_once"),
        )

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    class Outcome(models.TextChoices):
        WAITING = "waiting", "chưa biết"
        REACHED = "reached", "đã đến"
        NOT_YET = "not_yet", "chưa đến"
        REFUSED = "refused", "không muốn đến"
        NOT_SERVED = "not_served", "đến mà không được giúp"

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals", verbose_name="ca")
    # A kind of services.yml; the place is None when the directory holds none of it nearby.
    kind = models.CharField("loại dịch vụ", max_length=40)
    service = models.ForeignKey(
        Service,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name="nơi đến",
    )
    where = models.CharField("ở đâu", max_length=240, blank=True)
    when = models.CharField("khi nào", max_length=160, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ai giới thiệu"
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    follow_up_on = models.DateField("ngày hỏi lại", null=True, blank=True)
    asked_at = models.DateTimeField("đã hỏi lại lúc", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=12, choices=Outcome, default=Outcome.WAITING)
    outcome_at = models.DateTimeField("biết kết quả lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần giới thiệu"
        verbose_name_plural = "lần giới thiệu"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"lần giới thiệu {self.pk}"

    @property
    def kind_name(self) -> str:
        """The place, else the kind of service in words."""
        if self.service is not None:
            return self.service.name
        return kinds()[self.kind].name if self.kind in kinds() else self.kind
