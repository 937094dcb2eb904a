"""What views of accounts share: who may come in, how often, and where to go next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_ratelimit.core import is_ratelimited

from bot.staff.roles import has_role

View = Callable[..., HttpResponseBase]
INVALID, TOO_MANY = 422, 429
# Wrong tries from one address, whatever account or link they are for.
TRIES = "40/10m"


def signed_in(view: View) -> View:
    return never_cache(login_required(sensitive_post_parameters()(view)))


def for_roles(*roles: str) -> Callable[[View], View]:
    """Only for accounts of one of these roles; anybody else is told that the page is not theirs."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_role(request.user, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def tried_too_often(request: HttpRequest, door: str) -> HttpResponse | None:
    """The page that says so, when wrong tries at this door came too often from one address."""
    if is_ratelimited(request, group=door, key="ip", rate=TRIES, increment=False):
        return render(request, "site/locked_out.html", status=TOO_MANY)
    return None


def count_wrong_try(request: HttpRequest, door: str) -> None:
    is_ratelimited(request, group=door, key="ip", rate=TRIES, increment=True)


def next_page(request: HttpRequest) -> str:
    """The page that was asked for before the steps of signing in; never another site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return resolve_url("staff:account")
