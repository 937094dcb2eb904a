"""One's own account: the password, the second factor, signing out everywhere."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.staff import factor
from bot.staff.accounts import StaffError, change_own_password
from bot.staff.forms import PasswordForm
from bot.staff.models import AuditEvent
from bot.staff.roles import needs_second_factor, roles_of
from bot.staff.sessions import end_sessions
from bot.staff.views.common import (
    INVALID,
    count_wrong_try,
    signed_in,
    tried_too_often,
    user_of,
)

SIGN_INS_SHOWN = 10


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    seen = [AuditEvent.Action.SIGNED_IN, AuditEvent.Action.SIGN_IN_FAILED]
    return render(
        request,
        "staff/account.html",
        {
            "roles": roles_of(user),
            "has_factor": factor.has_factor(user),
            "is_needed": needs_second_factor(user),
            "sign_ins": AuditEvent.objects.filter(actor=user, action__in=seen)[:SIGN_INS_SHOWN],
        },
    )


@signed_in
def password(request: HttpRequest) -> HttpResponseBase:
    """Another password; every other session ends."""
    user, form = user_of(request), PasswordForm(request.POST or None)
    if request.method != "POST":
        return render(request, "staff/password.html")
    if refusal := tried_too_often(request, "password"):
        return refusal
    error = ""
    if form.is_valid():
        try:
            change_own_password(user, **form.cleaned_data)
        except StaffError as refused:
            count_wrong_try(request, "password")
            error = refused.user_message
        else:
            update_session_auth_hash(request, user)
            messages.success(request, AuditEvent.Action.PASSWORD_CHANGED.label)
            return redirect("staff:account")
    return render(request, "staff/password.html", {"error": error, "form": form}, status=INVALID)


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    end_sessions(user, by=user)
    logout(request)
    return redirect("login")
