"""What counsellors fill in. A reply carries a one-time key, so that sending it twice sends it once."""  # noqa: E501

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from bot.counselling.models import Case
from bot.staff.models import Role, Team

MAX_REPLY = 4000
KEY = r"^[0-9a-f]{8,40}$"
OUTCOMES = [choice for choice in Case.Outcome.choices if choice[0] != Case.Outcome.ERASED]


def reply_key(case: Case, user: User, replies_sent: int) -> str:
    """A key for one reply: the same in two tabs of one person until that reply is sent."""
    told = f"{settings.SECRET_KEY}:{case.pk}:{user.pk}:{replies_sent}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def holders() -> Any:
    """The accounts to which a case may be given."""
    roles = [Role.COUNSELLOR.value, Role.SUPERVISOR.value]
    people = User.objects.filter(is_active=True)
    return (
        (people.filter(groups__name__in=roles) | people.filter(is_superuser=True))
        .distinct()
        .order_by("username")
    )


class ReplyForm(forms.Form):
    text = forms.CharField(label="Trả lời ba mẹ", max_length=MAX_REPLY)
    key = forms.RegexField(KEY, widget=forms.HiddenInput)

    def once(self) -> str:
        """The same for the same words from the same form; other words typed after Back are another
        reply.
        """
        words = hashlib.sha256(self.cleaned_data["text"].encode()).hexdigest()[:12]
        return f"{self.cleaned_data['key']}:{words}"


class DraftForm(forms.Form):
    text = forms.CharField(max_length=MAX_REPLY, required=False, strip=False)


class NoteForm(forms.Form):
    text = forms.CharField(label="Ghi chú nội bộ", max_length=4000)


class LabelForm(forms.Form):
    on = forms.CharField(label="Thêm nhãn", max_length=40, required=False)
    off = forms.CharField(max_length=40, required=False)


class ArticleForm(forms.Form):
    slug = forms.SlugField(max_length=80)
    key = forms.RegexField(KEY)


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label="Giao cho", queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = holders()  # type: ignore[attr-defined]


class SecondReaderForm(AssignForm):
    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = "Mời đọc thứ hai"
        self.fields["to"].queryset = holders().exclude(pk=case.assignee_id)  # type: ignore[attr-defined]


class RaiseForm(forms.Form):
    priority = forms.ChoiceField(
        label="Nâng mức ưu tiên lên",
        choices=[(Case.Priority.HIGH, "cao"), (Case.Priority.URGENT, "khẩn cấp")],
    )


class MoveForm(forms.Form):
    team = forms.ModelChoiceField(
        label="Chuyển cho đội",
        queryset=Team.objects.all(),
        required=False,
        empty_label="không đội nào",
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(label="Vì sao không nhận được", max_length=1000)


class SnoozeForm(forms.Form):
    until = forms.DateTimeField(
        label="Hẹn lại lúc",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class CloseForm(forms.Form):
    # A family that erases its data closes the case itself.
    outcome = forms.ChoiceField(label="Kết quả", choices=OUTCOMES)
    summary = forms.CharField(label="Tóm tắt", max_length=4000, required=False)
    follow_up_on = forms.DateField(label="Ngày hỏi lại ba mẹ", required=False)

    def clean_follow_up_on(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError("Hãy chọn một ngày sau hôm nay.")
        return day


class CannedForm(forms.Form):
    title = forms.CharField(label="Tên", max_length=80)
    text = forms.CharField(
        label="Câu trả lời", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reasons = forms.MultipleChoiceField(
        label="Chỉ cho các lý do",
        choices=Case.Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class BulkForm(forms.Form):
    """The same for many cases; which of the fields counts is told by the button."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("assign", "snooze", "close")])
    to = forms.ModelChoiceField(label="Giao cho", queryset=User.objects.none(), required=False)
    until = forms.DateTimeField(
        label="Hẹn lại lúc",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    outcome = forms.ChoiceField(
        label="Đóng với kết quả", choices=[("", "---------"), *OUTCOMES], required=False
    )
    cases = forms.TypedMultipleChoiceField(coerce=int, required=False)
    NEEDS = {"assign": "to", "snooze": "until", "close": "outcome"}

    def __init__(self, *args: Any, visible: Any = (), **kwargs: Any) -> None:
        """`visible`: numbers of the cases that may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = holders()  # type: ignore[attr-defined]
        self.fields["cases"].choices = [(number, number) for number in visible]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        needed = self.NEEDS.get(values.get("action", ""))
        if needed and not values.get(needed):
            self.add_error(needed, self.fields[needed].error_messages["required"])
        return values
