"""What supervisors fill in: targets, working hours, special days, teams, shifts; and a call for
support.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User

from bot.counselling.clocks import Target, zone
from bot.counselling.duty import people_of
from bot.counselling.hours import Stretch
from bot.counselling.models import Case, SpecialDay
from bot.counselling.words import WEEKDAYS
from bot.programme.models import Article
from bot.programme.provinces import provinces
from bot.staff.models import Team

STRETCHES = range(2)
MOST_WEEKS = 12
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TargetForm(forms.Form):
    """One a priority; its name is the prefix."""

    first_response_minutes = forms.IntegerField(
        label="Phản hồi đầu tiên (phút)", min_value=1, max_value=60 * 24 * 14
    )
    resolution_minutes = forms.IntegerField(
        label="Xong ca (phút)", min_value=1, max_value=60 * 24 * 90
    )
    in_working_hours = forms.BooleanField(label="Chỉ tính giờ làm việc", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, end = data.get("first_response_minutes"), data.get("resolution_minutes")
        if first is not None and end is not None and end < first:
            raise forms.ValidationError("Hạn xong ca phải dài hơn hạn phản hồi đầu tiên.")
        return data

    def target(self) -> Target:
        return Target(**self.cleaned_data)


class HoursForm(forms.Form):
    """Two stretches a weekday; a day without any is free."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(len(WEEKDAYS)):
            for part in STRETCHES:
                for end, word in (("from", "từ"), ("to", "đến")):
                    self.fields[f"{end}_{day}_{part}"] = forms.TimeField(
                        label=f"Buổi {part + 1}, {word}",
                        required=False,
                        widget=TIME,
                    )

    @staticmethod
    def initial_of(week: Any) -> dict[str, time]:
        """What stands in the fields for hours that are in force."""
        return {
            f"{end}_{day}_{part}": moment
            for day, stretches in week.items()
            for part, stretch in enumerate(stretches[: len(STRETCHES)])
            for end, moment in zip(("from", "to"), stretch, strict=True)
        }

    def days(self) -> list[tuple[str, list[Any]]]:
        """The fields of each day, for the page."""
        return [
            (
                name,
                [self[f"{end}_{day}_{part}"] for part in STRETCHES for end in ("from", "to")],
            )
            for day, name in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day, name in enumerate(WEEKDAYS):
            for part in STRETCHES:
                start, end = data.get(f"from_{day}_{part}"), data.get(f"to_{day}_{part}")
                if (start is None) != (end is None) or (start and end and end <= start):
                    raise forms.ValidationError(f"Giờ của {name} chưa đúng: từ phải trước đến.")
        if not self._week(data):
            raise forms.ValidationError("Hãy để ít nhất một buổi làm việc trong tuần.")
        return data

    def week(self) -> dict[int, tuple[Stretch, ...]]:
        return self._week(self.cleaned_data)

    def _week(self, data: dict[str, Any]) -> dict[int, tuple[Stretch, ...]]:
        days = {
            day: tuple(
                (data[f"from_{day}_{part}"], data[f"to_{day}_{part}"])
                for part in STRETCHES
                if data.get(f"from_{day}_{part}") and data.get(f"to_{day}_{part}")
            )
            for day in range(len(WEEKDAYS))
        }
        return {day: stretches for day, stretches in days.items() if stretches}


class SpecialDayForm(forms.ModelForm[SpecialDay]):
    class Meta:
        model = SpecialDay
        fields = ("day", "name", "is_working")
        widgets = {"day": DATE}


class TeamForm(forms.ModelForm[Team]):
    reasons = forms.MultipleChoiceField(
        label="Nhận ca vì",
        help_text="Không chọn gì là nhận tất cả.",
        choices=Case.Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label="Chủ đề",
        help_text="Không chọn gì là nhận tất cả.",
        choices=Article._meta.get_field("domain").choices or (),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    provinces = forms.MultipleChoiceField(
        label="Tỉnh, thành phố",
        help_text="Không chọn gì là nhận tất cả.",
        choices=[(name, name) for name in provinces()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.ModelMultipleChoiceField(
        label="Người trong đội",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Team
        fields = ("name", "reasons", "topics", "provinces")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = people_of(None)
        if self.instance.pk:
            members.initial = people_of(self.instance)


class PersonForm(forms.Form):
    max_open_cases = forms.IntegerField(label="Số ca tối đa cùng lúc", min_value=0, max_value=100)
    is_away = forms.BooleanField(label="Đang vắng", required=False)


class ShiftForm(forms.Form):
    """A stretch of duty in local time; an end that is not later means the next morning."""

    user = forms.ModelChoiceField(label="Người trực", queryset=User.objects.none())
    team = forms.ModelChoiceField(label="Đội", queryset=Team.objects.none(), required=False)
    day = forms.DateField(label="Ngày", widget=DATE)
    starts = forms.TimeField(label="Từ", widget=TIME)
    ends = forms.TimeField(label="Đến", widget=TIME)
    is_on_call = forms.BooleanField(
        label="Trực ngoài giờ (được gọi khi có ca khẩn)", required=False
    )
    weeks = forms.IntegerField(
        label="Lặp lại trong bao nhiêu tuần", min_value=1, max_value=MOST_WEEKS, initial=1
    )

    def __init__(self, *args: Any, people: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = dict(self.fields)
        chosen["user"].queryset, chosen["team"].queryset = people, teams

    def stretches(self) -> list[tuple[datetime, datetime]]:
        """From and to, one a week."""
        data = self.cleaned_data
        day: date = data["day"]
        nights = timedelta(days=data["ends"] <= data["starts"])
        return [
            (
                datetime.combine(day + timedelta(weeks=week), data["starts"], zone()),
                datetime.combine(day + nights + timedelta(weeks=week), data["ends"], zone()),
            )
            for week in range(data["weeks"])
        ]


class SupportForm(forms.Form):
    text = forms.CharField(
        label="Lời nhắn cho giám sát (không bắt buộc)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    case = forms.IntegerField(required=False, widget=forms.HiddenInput)
