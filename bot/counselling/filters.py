"""Searching and narrowing the queue. Works on cases that the account may see, and only on those."""

from __future__ import annotations

import unicodedata
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q

from bot.counselling.masking import mask_version
from bot.counselling.models import Case, Label
from bot.messaging.models import SearchText
from bot.nlu.marks import fold
from bot.programme.models import Domain

# Completed months, from and up to but not including.
AGES = {"0-3": (0, 3), "3-12": (3, 12), "12-36": (12, 36), "36-72": (36, 72), "72-": (72, 999)}
AGE_NAMES = {
    "0-3": "dưới 3 tháng",
    "3-12": "3–11 tháng",
    "12-36": "1–2 tuổi",
    "36-72": "3–5 tuổi",
    "72-": "từ 6 tuổi",
}
# The largest number a case can have: what is longer is not looked up as one.
NUMBER_DIGITS = 12
# So many digits are looked up as a case's number and nothing else; a telephone number is longer.
SHORT_NUMBER = 6


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm số ca, nhãn, lời ba mẹ",
        method="search",
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    reason = django_filters.ChoiceFilter(label="Lý do", choices=Case.Reason.choices)
    topic = django_filters.ChoiceFilter(label="Chủ đề", choices=Domain.choices)
    province = django_filters.ChoiceFilter(label="Tỉnh, thành phố")
    age = django_filters.ChoiceFilter(
        label="Tuổi bé", choices=list(AGE_NAMES.items()), method="of_age"
    )
    assignee = django_filters.ModelChoiceFilter(
        label="Người phụ trách", queryset=User.objects.none()
    )
    label = django_filters.ModelChoiceFilter(
        label="Nhãn", queryset=Label.objects.order_by("name"), field_name="labels"
    )
    since = django_filters.DateFilter(
        label="Mở từ ngày", field_name="opened_at", lookup_expr="date__gte", widget=_date()
    )
    until = django_filters.DateFilter(
        label="Đến ngày", field_name="opened_at", lookup_expr="date__lte", widget=_date()
    )

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: Any, queryset: Any, *, visible: models.QuerySet[Case], viewer: User
    ) -> None:
        """`visible`: every case that `viewer` may see, for the choices."""
        super().__init__(data, queryset)
        self.viewer = viewer
        named = visible.exclude(province="").values_list("province", flat=True)
        names = named.order_by("province").distinct()
        self.filters["province"].extra["choices"] = [(name, name) for name in names]
        self.filters["assignee"].queryset = User.objects.filter(
            pk__in=visible.values("assignee")
        ).order_by("username")

    def is_narrowed(self) -> bool:
        """Whether anything but the search is set."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "q")

    def search(self, cases: models.QuerySet[Case], name: str, value: str) -> models.QuerySet[Case]:
        """A case's number, a label's name, or words of the parent as the viewer reads them. A few
        digits are a number alone, since what parents write is full of them.
        """
        words = " ".join(value.split())
        if not words:
            return cases
        labelled = Label.cases.through.objects.filter(
            case=OuterRef("pk"), label__name__icontains=words
        )
        number = words.lower().removeprefix("ca").strip()
        if number.isdecimal() and len(number) <= SHORT_NUMBER:
            return cases.filter(Q(pk=int(number)) | Q(Exists(labelled)))
        wanted = Q(Exists(labelled)) | self._said(words)
        if number.isdecimal() and len(number) <= NUMBER_DIGITS:
            wanted |= Q(pk=int(number))
        return cases.filter(wanted)

    def _said(self, words: str) -> Q:
        """Marks that were typed count; typed without any, words are found with and without them."""
        typed = unicodedata.normalize("NFC", words).lower()
        kind = "plain" if fold(typed) == typed else "marked"
        read = SearchText.objects.filter(
            conversation=OuterRef("conversation"), masked_by=mask_version()
        )
        anybodys = Exists(read.filter(**{f"{kind}__contains": typed}))
        own = Exists(read.filter(**{f"own_{kind}__contains": typed}))
        return Q(anybodys) | (Q(assignee=self.viewer) & Q(own))

    def of_age(self, cases: models.QuerySet[Case], name: str, value: str) -> models.QuerySet[Case]:
        start, end = AGES[value]
        return cases.filter(child_age_months__gte=start, child_age_months__lt=end)
