"""Articles and cards as trainers edit them, and their sources.

Texts are kept as trainers type them; `bot.programme.files` turns rows into files and back.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index


class Domain(models.TextChoices):
    HEALTH = "health", "Sức khoẻ"
    NUTRITION = "nutrition", "Ăn uống"
    CAREGIVING = "caregiving", "Chăm sóc, dỗ dành"
    SAFETY = "safety", "An toàn"
    LEARNING = "learning", "Chơi và học"
    DEVELOPMENT = "development", "Phát triển"
    WELLBEING = "wellbeing", "Sức khoẻ tinh thần của ba mẹ"
    POLICY = "policy", "Quyền lợi, chính sách"
    ENVIRONMENT = "environment", "Môi trường sống"
    REFERRAL = "referral", "Tìm người giúp"


class ReviewState(models.TextChoices):
    DRAFT = "draft", "bản nháp"
    IN_REVIEW = "in_review", "chờ chuyên gia duyệt"
    APPROVED = "approved", "đã có người duyệt"


class Danger(models.TextChoices):
    MEDICAL_EMERGENCY = "medical_emergency", "cấp cứu y tế"
    CHILD_ABUSE = "child_abuse", "trẻ bị xâm hại"
    DOMESTIC_VIOLENCE = "domestic_violence", "bạo lực gia đình"
    SELF_HARM = "self_harm", "ý nghĩ tự hại"


class Source(index.Indexed, models.Model):
    """A document that a statement rests on."""

    key = models.SlugField("mã nguồn", max_length=80, unique=True, help_text="Ví dụ: who-cf-2023")
    title = models.CharField("tên tài liệu", max_length=300)
    publisher = models.CharField("nơi phát hành", max_length=200)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    url = models.CharField("địa chỉ", max_length=500)
    checked = models.DateField("ngày kiểm tra")

    search_fields = (
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("publisher"),
    )

    class Meta:
        verbose_name = "nguồn"
        verbose_name_plural = "nguồn"
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" + (f" ({self.year})" if self.year else "")


class ReviewedContent(
    DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel
):
    """What articles and cards share: who reviewed it, until when it holds, and what a release
    shipped.
    """

    slug = models.SlugField(
        "đường dẫn ngắn", max_length=80, unique=True, help_text="Chữ thường không dấu, gạch nối."
    )
    title = models.CharField("tiêu đề", max_length=160)
    topics = models.CharField(
        "chủ đề", max_length=300, blank=True, help_text="Cách nhau bằng dấu phẩy."
    )
    note = models.TextField(
        "ghi chú cho người duyệt", blank=True, help_text="Vì sao chưa hiện, hoặc điều cần xem kỹ."
    )
    review_state = models.CharField(
        "tình trạng duyệt", max_length=10, choices=ReviewState, default=ReviewState.DRAFT
    )
    reviewed_by = models.CharField("người duyệt", max_length=120, blank=True)
    reviewed_on = models.DateField("ngày duyệt", null=True, blank=True)
    review_again = models.DateField("ngày xem lại")
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực sau", null=True, blank=True)
    has_validity = models.BooleanField("có thời hạn hiệu lực", default=False)
    # The file as the last release shipped it, and a newer one that waits because a trainer edited
    # this row.
    shipped_text = models.TextField(blank=True, editable=False)
    newer_shipped_text = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def was_reviewed(self) -> bool:
        """Whether a named person has reviewed it."""
        return self.review_state == ReviewState.APPROVED and bool(self.reviewed_by)

    def source_list(self) -> list[Source]:
        """Its sources in their order."""
        return [link.source for link in self.source_links.all()]  # type: ignore[attr-defined]


class Article(ReviewedContent):
    """One family of questions with one short answer, its depth, and when to see a doctor."""

    domain = models.CharField("lĩnh vực", max_length=12, choices=Domain)
    age_from = models.PositiveSmallIntegerField("từ tháng tuổi", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("đến trước tháng tuổi", null=True, blank=True)
    pregnancy = models.BooleanField("dùng cả khi mang thai", default=False)
    questions = models.TextField(
        "câu hỏi mẫu", help_text="Mỗi dòng một câu, như ba mẹ vẫn gõ; ít nhất sáu câu."
    )
    related = models.TextField(
        "bài liên quan", blank=True, help_text="Mỗi dòng một đường dẫn ngắn."
    )
    offers_counsellor = models.BooleanField("mời gặp tư vấn viên", default=False)
    first = models.TextField("ba mẹ đọc trước", help_text="Trả lời thẳng, tối đa khoảng 700 ký tự.")
    more = models.TextField("thêm", blank=True, help_text="Các đoạn cách nhau bằng một dòng ***.")
    doctor = models.TextField("khi nào cần đi khám", blank=True)

    preview_modes = (("bubble", "Tin nhắn ba mẹ thấy"),)
    search_fields = (
        index.SearchField("title"),
        index.SearchField("questions"),
        index.SearchField("first"),
        index.AutocompleteField("title"),
        index.FilterField("domain"),
        index.FilterField("review_state"),
        index.FilterField("live"),
    )

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        ordering = ("domain", "slug")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(age_from__isnull=True, age_to__isnull=True)
                | models.Q(age_from__lt=models.F("age_to")),
                name="article_ages_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(review_state="approved") | ~models.Q(reviewed_by=""),
                name="article_approval_names_a_person",
            ),
        )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "programme/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from bot.programme.reading import make_reading, read_variants

        return {
            **super().get_preview_context(request, mode_name),
            "reading": make_reading(self),
            "variants": read_variants(self),
        }

    @classmethod
    def shown(cls) -> models.QuerySet[Article]:
        """What parents may read today: published, and not past its validity."""
        today = timezone.localdate()
        return cls.objects.filter(live=True).exclude(has_validity=True, valid_to__lt=today)

    def question_list(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    def related_slugs(self) -> list[str]:
        return self.related.split()

    def fits_age(self, months: int | None) -> bool:
        """Whether it is written for a child of that age; True when either is unknown."""
        if months is None or self.age_from is None or self.age_to is None:
            return True
        return self.age_from <= months < self.age_to


class AgeVariant(Orderable):
    """What replaces the first part for a child of that age (completed months, half open)."""

    article = ParentalKey(Article, related_name="variants")
    age_from = models.PositiveSmallIntegerField("từ tháng tuổi")
    age_to = models.PositiveSmallIntegerField("đến trước tháng tuổi")
    text = models.TextField("nội dung cho tuổi này")

    class Meta(Orderable.Meta):
        verbose_name = "nội dung theo tuổi"


class ArticleSource(Orderable):
    article = ParentalKey(Article, related_name="source_links")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="nguồn")


class EmergencyCard(ReviewedContent):
    """What is sent at once when the danger screen finds a sign."""

    danger = models.CharField("loại nguy hiểm", max_length=20, choices=Danger)
    signs = models.TextField(
        "dấu hiệu", help_text="Mã dấu hiệu trong danger_signs.yml, cách nhau bằng dấu phẩy."
    )
    body = models.TextField("việc cần làm ngay")
    dont = models.TextField("không làm", blank=True)
    meanwhile = models.TextField("trong lúc chờ", blank=True)

    preview_modes = (("bubble", "Tin nhắn ba mẹ thấy"),)
    search_fields = (
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("danger"),
    )

    class Meta:
        verbose_name = "thẻ cấp cứu"
        verbose_name_plural = "thẻ cấp cứu"
        ordering = ("danger", "slug")

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "programme/preview_card.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from bot.programme.hotlines import fill_hotlines

        pieces = [fill_hotlines(text) for text in (self.body, self.dont, self.meanwhile) if text]
        return {**super().get_preview_context(request, mode_name), "pieces": pieces}

    def sign_list(self) -> list[str]:
        return [sign.strip() for sign in self.signs.split(",") if sign.strip()]


class CardSource(Orderable):
    card = ParentalKey(EmergencyCard, related_name="source_links")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="nguồn")
