"""What stands before every page of staff: where the request comes from, whether the sign-in still
holds, whether the second step was done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from bot.staff.factor import missing_step
from bot.staff.origin import NOWHERE, keep_origin, origin_of
from bot.staff.sessions import has_ended, note_presence

# Pages of parents and machines: nobody is signed in there.
OPEN_NAMESPACES = {"messaging", "programme"}
OPEN_PAGES = {"login", "logout", "healthz", "readyz", "metrics", "staff:join"}
STEPS = {"staff:code", "staff:set_up"}


class OriginMiddleware(MiddlewareMixin):
    """Lets the audit trail know whence a request came."""

    def process_request(self, request: HttpRequest) -> None:
        keep_origin(origin_of(request))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        keep_origin(NOWHERE)
        return response


class SignedInMiddleware(MiddlewareMixin):
    """Opens no page of staff to a sign-in that is over, or that lacks its second step."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN_PAGES or match.namespace in OPEN_NAMESPACES:
            return None
        user = request.user
        if not user.is_authenticated:
            return None
        if has_ended(request):
            logout(request)
            return _lead(request, "login")
        if not (match.url_name or "").endswith("live"):
            note_presence(request)
        if match.view_name in STEPS:
            return None
        step = missing_step(user)
        return _lead(request, step) if step else None


def _lead(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """To a step of signing in, and from there back to the page that was asked for."""
    if request.method != "GET":
        return redirect(name)
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
