"""What supervisors choose: a stretch of time, and what goes into a sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from bot.counselling.figures import Stretch
from bot.counselling.models import Case

WEEKS_SHOWN = 8
MOST_WEEKS = 53


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StretchForm(forms.Form):
    """Two days; left out, the last eight weeks."""

    first = forms.DateField(label="Từ ngày", required=False, widget=DayInput())
    last = forms.DateField(label="Đến ngày", required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        last = told.get("last") or timezone.localdate()
        monday = last - timedelta(days=last.weekday())
        first = told.get("first") or monday - timedelta(weeks=WEEKS_SHOWN - 1)
        if first > last:
            raise forms.ValidationError("Ngày đầu phải trước ngày cuối.")
        if last - first > timedelta(weeks=MOST_WEEKS):
            raise forms.ValidationError(f"Mỗi lần xem tối đa {MOST_WEEKS} tuần.")
        return {**told, "first": first, "last": last}

    def stretch(self) -> Stretch:
        """Of a form that is valid."""
        return Stretch(self.cleaned_data["first"], self.cleaned_data["last"])


class ExportForm(StretchForm):
    """Cases opened in the stretch."""

    state = forms.ChoiceField(
        label="Ca nào",
        required=False,
        choices=[("", "Mọi ca"), ("open", "Đang mở"), ("closed", "Đã đóng")],
    )
    kind = forms.ChoiceField(
        label="Dạng tệp", choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV (.csv)")]
    )
    with_summary = forms.BooleanField(
        label="Kèm tóm tắt của tư vấn viên (tên, số điện thoại, địa chỉ được che)", required=False
    )

    def states(self) -> list[str]:
        """Of a form that is valid."""
        asked = self.cleaned_data["state"]
        is_closed = {"open": False, "closed": True}
        return [
            state
            for state in Case.State.values
            if asked not in is_closed or (state == Case.State.CLOSED) == is_closed[asked]
        ]
