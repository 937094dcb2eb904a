"""What staff fill in about accounts."""

from __future__ import annotations

from typing import Any

from django import forms

from bot.staff.models import AuditEvent, Role, Team


class CodeForm(forms.Form):
    """Six digits from the phone, or a backup code."""

    code = forms.CharField(label="Mã", max_length=20)


class PasswordForm(forms.Form):
    old = forms.CharField(label="Mật khẩu đang dùng", max_length=200, strip=False)
    new = forms.CharField(label="Mật khẩu mới", max_length=200, strip=False)


class JoinForm(forms.Form):
    full_name = forms.CharField(label="Họ tên", max_length=80)
    name = forms.CharField(label="Tên đăng nhập", max_length=60)
    password = forms.CharField(label="Mật khẩu", max_length=200, strip=False)


class InviteForm(forms.Form):
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    team = forms.ModelChoiceField(label="Đội", queryset=Team.objects.all(), required=False)

    def __init__(self, *args: Any, roles: list[str], teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in Role.choices if choice[0] in roles
        ]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    teams = forms.ModelMultipleChoiceField(label="Đội", queryset=Team.objects.all(), required=False)


class AuditForm(forms.Form):
    """What is looked for in the audit trail; an empty line asks for everything."""

    who = forms.CharField(label="Ai", max_length=150, required=False)
    action = forms.ChoiceField(
        label="Việc", choices=[("", "mọi việc"), *AuditEvent.Action.choices], required=False
    )
    case = forms.IntegerField(label="Số ca", min_value=1, max_value=2**31, required=False)
    since = forms.DateField(label="Từ ngày", required=False)
    until = forms.DateField(label="Đến hết ngày", required=False)
