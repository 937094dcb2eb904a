"""The questions that Mầm could not answer, as a list that can be kept as a file."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from bot.programme.models import UnansweredQuestion


class UnansweredFilter(WagtailFilterSet):
    text = django_filters.CharFilter(label="Có chữ", lookup_expr="icontains")

    class Meta:
        model = UnansweredQuestion
        fields: ClassVar[list[str]] = ["reason"]


class UnansweredView(ReportView):
    """Newest first; names and numbers were taken out when each was written."""

    model = UnansweredQuestion
    permission_policy = ModelPermissionPolicy(UnansweredQuestion)
    any_permission_required = ("view", "change")
    filterset_class = UnansweredFilter
    page_title = "Câu Mầm chưa trả lời được"
    header_icon = "help"
    index_url_name = "unanswered"
    index_results_url_name = "unanswered_results"
    default_ordering = "-asked_at"
    list_export = ("text", "reason", "child_months", "asked_at")
    export_headings: ClassVar[dict[str, str]] = {
        "text": "Câu hỏi",
        "reason": "Vì sao",
        "child_months": "Tuổi bé (tháng)",
        "asked_at": "Lúc",
    }
    columns = (
        Column("text", label="Câu hỏi"),
        Column("get_reason_display", label="Vì sao"),
        Column("child_months", label="Tuổi bé (tháng)"),
        DateColumn("asked_at", label="Lúc"),
    )
