"""Signing in and out, and the pages that say why something cannot be shown."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse


class SignIn(LoginView):
    """Leads to the page that was asked for, else to what the account's role opens."""

    template_name = "site/login.html"

    def get_default_redirect_url(self) -> str:
        user = self.request.user
        if isinstance(user, User) and user.has_perm("counselling.view_case"):
            return reverse("counselling:queue")
        if isinstance(user, User) and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return "/"


class SignOut(LogoutView):
    next_page = "login"


def library_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page is not used."""
    target = redirect("login")
    target["Location"] += f"?next={reverse('wagtailadmin_home')}"
    return target


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/error.html", {"status": 403}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/error.html", {"status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Must not read the database: it may be what is broken."""
    return render(None, "site/broken.html", status=500)  # type: ignore[arg-type]
