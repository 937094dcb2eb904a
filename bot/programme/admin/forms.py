"""What a trainer may save: the rules of `mam library check`, told at the field where they are
broken.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import WagtailAdminModelForm

from bot.programme.check import QUESTIONS, text_faults
from bot.programme.models import Article, ReviewState


class ReviewedContentForm(WagtailAdminModelForm):
    """Texts within their length, without doses and bare numbers; no approval without a person."""

    TEXTS: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.TEXTS:
            if faults := text_faults(cleaned.get(name) or ""):
                self.add_error(name, ValidationError(faults))
        approved = cleaned.get("review_state") == ReviewState.APPROVED
        if approved and not (cleaned.get("reviewed_by") and cleaned.get("reviewed_on")):
            self.add_error(
                "review_state", "Đã duyệt thì cần tên người duyệt và ngày duyệt ở bên dưới."
            )
        return cleaned


class ArticleForm(ReviewedContentForm):
    TEXTS = ("first", "more", "doctor")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        questions = [line for line in (cleaned.get("questions") or "").splitlines() if line.strip()]
        if len(questions) < QUESTIONS:
            self.add_error(
                "questions",
                f"Cần ít nhất {QUESTIONS} câu hỏi mẫu, mỗi dòng một câu; đang có {len(questions)}.",
            )
        start, end = cleaned.get("age_from"), cleaned.get("age_to")
        if (start is None) != (end is None):
            self.add_error("age_to", "Điền cả hai tuổi, hoặc để trống cả hai.")
        elif start is not None and end is not None and start >= end:
            self.add_error("age_to", "Tuổi kết thúc phải lớn hơn tuổi bắt đầu.")
        elif start is None and not cleaned.get("pregnancy"):
            self.add_error("age_from", "Bài không có tuổi phải là bài cho lúc mang thai.")
        slugs = (cleaned.get("related") or "").split()
        known = set(Article.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        if missing := [slug for slug in slugs if slug not in known]:
            self.add_error("related", f"Không có bài: {', '.join(missing)}.")
        return cleaned


class CardForm(ReviewedContentForm):
    TEXTS = ("body", "dont", "meanwhile")
