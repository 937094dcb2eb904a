"""Signing in and out, and the pages that say why something cannot be shown."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bot.staff.views.common import count_wrong_try, tried_too_often


class SignIn(LoginView):
    """Leads to the page that was asked for, else to what the account's role opens."""

    template_name = "site/login.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return tried_too_often(request, "sign-in") or super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        count_wrong_try(self.request, "sign-in")
        return super().form_invalid(form)

    def get_default_redirect_url(self) -> str:
        user = self.request.user
        if isinstance(user, User) and user.has_perm("counselling.view_case"):
            return reverse("counselling:queue")
        if isinstance(user, User) and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        if isinstance(user, User) and user.has_perm("staff.view_auditevent"):
            return reverse("staff:audit")
        return reverse("staff:account")


class SignOut(LogoutView):
    next_page = "login"


def library_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page is not used."""
    target = redirect("login")
    target["Location"] += f"?next={reverse('wagtailadmin_home')}"
    return target


def library_staff(request: HttpRequest) -> HttpResponse:
    """Wagtail's own pages of accounts are not used: what they change is in no audit trail."""
    return redirect("staff:invite")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _fault(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _fault(request, "forbidden", 403)


def old_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose proof of coming from our own page is missing or over."""
    return _fault(request, "old_form", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _fault(request, "not_found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Must not read the database: it may be what is broken. Without the request nothing does."""
    return render(None, "site/broken.html", status=500)  # type: ignore[arg-type]


def _fault(request: HttpRequest, fault: str, status: int) -> HttpResponse:
    return render(request, "site/error.html", {"fault": fault}, status=status)
