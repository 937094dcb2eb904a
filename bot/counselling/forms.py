"""What counsellors fill in. A reply carries a one-time key, so that sending it twice sends it once."""  # noqa: E501

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django import forms
from django.utils import timezone

from bot.counselling.models import Case

MAX_REPLY = 4000


def new_key() -> str:
    """A key for one reply form."""
    return secrets.token_hex(12)


class ReplyForm(forms.Form):
    text = forms.CharField(label="Trả lời ba mẹ", max_length=MAX_REPLY)
    key = forms.RegexField(r"^[0-9a-f]{8,40}$", widget=forms.HiddenInput)

    def once(self) -> str:
        """The same for the same words from the same form; other words typed after Back are another
        reply.
        """
        words = hashlib.sha256(self.cleaned_data["text"].encode()).hexdigest()[:12]
        return f"{self.cleaned_data['key']}:{words}"


class NoteForm(forms.Form):
    text = forms.CharField(label="Ghi chú nội bộ", max_length=4000)


class CloseForm(forms.Form):
    # A family that erases its data closes the case itself.
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=[choice for choice in Case.Outcome.choices if choice[0] != Case.Outcome.ERASED],
    )
    summary = forms.CharField(label="Tóm tắt", max_length=4000, required=False)
    follow_up_on = forms.DateField(label="Ngày hỏi lại ba mẹ", required=False)

    def clean_follow_up_on(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError("Hãy chọn một ngày sau hôm nay.")
        return day
