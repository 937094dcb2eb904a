"""By what trainers look for articles."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from bot.programme.models import Article, EmergencyCard

LIVE = ((True, "đang hiện cho ba mẹ"), (False, "không hiện"))
STALE = ((True, "đã quá ngày xem lại"), (False, "còn hạn"))
NEWER = ((True, "có bản mới của nhà phát hành chờ xem"),)


class ContentFilter(WagtailFilterSet):
    """Filters that articles and cards share."""

    live = django_filters.ChoiceFilter(label="Hiện", choices=LIVE)
    stale = django_filters.ChoiceFilter(label="Hạn xem lại", choices=STALE, method="by_stale")
    newer = django_filters.ChoiceFilter(label="Bản mới", choices=NEWER, method="by_newer")

    def by_stale(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        late = Q(review_again__lt=timezone.localdate())
        return rows.filter(late if value == "True" else ~late)

    def by_newer(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows.exclude(newer_shipped_text="")


class ArticleFilter(ContentFilter):
    age = django_filters.NumberFilter(label="Tuổi bé (tháng)", method="by_age", min_value=0)

    class Meta:
        model = Article
        fields = ("domain", "review_state")

    def by_age(self, rows: QuerySet[Article], _name: str, value: Any) -> QuerySet[Article]:
        return rows.filter(age_from__lte=value, age_to__gt=value)


class CardFilter(ContentFilter):
    class Meta:
        model = EmergencyCard
        fields = ("danger", "review_state")
