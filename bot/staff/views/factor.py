"""The second step of signing in, and setting it up."""

from __future__ import annotations

import django_otp
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bot.staff import factor
from bot.staff.audit import record
from bot.staff.forms import CodeForm
from bot.staff.models import AuditEvent
from bot.staff.roles import needs_second_factor
from bot.staff.views.common import (
    INVALID,
    count_wrong_try,
    next_page,
    signed_in,
    tried_too_often,
    user_of,
)


@signed_in
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """Asks for the code of the account's device, or a backup code."""
    user = user_of(request)
    if not factor.has_factor(user):
        return redirect("staff:set_up")
    context = {"next": next_page(request)}
    if request.method == "GET":
        return render(request, "staff/code.html", context)
    if refusal := tried_too_often(request, "code"):
        return refusal
    form = CodeForm(request.POST)
    device = factor.check_code(user, form.cleaned_data["code"]) if form.is_valid() else None
    if device is None:
        count_wrong_try(request, "code")
        record(AuditEvent.Action.SIGN_IN_FAILED, actor=user, factor="code")
        return render(request, "staff/code.html", {**context, "is_wrong": True}, status=INVALID)
    django_otp.login(request, device)
    request.session.cycle_key()
    record(AuditEvent.Action.SIGNED_IN, actor=user, factor=device.name)
    return redirect(next_page(request))


@signed_in
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponseBase:
    """Shows the picture for the phone; the first code takes the device into use and brings the
    backup codes, which are shown this once.
    """
    user = user_of(request)
    if factor.has_factor(user) and not user.is_verified():  # type: ignore[attr-defined]
        return redirect("staff:code")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if refusal := tried_too_often(request, "code"):
            return refusal
        done = factor.confirm_factor(user, form.cleaned_data["code"]) if form.is_valid() else None
        if done is not None:
            device, codes = done
            django_otp.login(request, device)
            request.session.cycle_key()
            context = {"codes": codes, "next": next_page(request)}
            return render(request, "staff/backup_codes.html", context)
        count_wrong_try(request, "code")
    device = factor.begin_factor(user)
    context = {
        "picture": factor.qr_of(device),
        "secret": factor.secret_of(device),
        "is_wrong": request.method == "POST",
        "is_needed": needs_second_factor(user),
        "next": next_page(request),
    }
    status = INVALID if request.method == "POST" else 200
    return render(request, "staff/set_up.html", context, status=status)


@signed_in
@require_POST
def backup_codes(request: HttpRequest) -> HttpResponseBase:
    """New backup codes in place of the old ones."""
    user = user_of(request)
    if not factor.has_factor(user):
        return redirect("staff:set_up")
    codes = factor.new_backup_codes(user)
    record(AuditEvent.Action.SECOND_FACTOR, actor=user, state="new backup codes")
    return render(request, "staff/backup_codes.html", {"codes": codes, "next": next_page(request)})


@signed_in
@require_POST
def switch_off(request: HttpRequest) -> HttpResponseBase:
    """For who may do without."""
    user = user_of(request)
    if not needs_second_factor(user):
        factor.remove_factor(user, by=user)
    return redirect("staff:account")
