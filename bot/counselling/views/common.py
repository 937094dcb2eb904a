"""What views of the console share: who may come in, the case, a page that stays fresh."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bot.counselling.models import Case

View = Callable[..., HttpResponse]
REFUSED = 409
INVALID = 422


def reads(view: View) -> View:
    return never_cache(
        login_required(
            permission_required("counselling.view_case", raise_exception=True)(require_safe(view))
        )
    )


def acts(permission: str) -> Callable[[View], View]:
    """For POST. A GET, as after signing in anew, leads to the case."""

    def decorate(view: View) -> View:
        @wraps(view)
        def only_post(request: HttpRequest, pk: int) -> HttpResponse:
            return (
                view(request, pk)
                if request.method == "POST"
                else redirect("counselling:case", pk=pk)
            )

        return never_cache(
            login_required(permission_required(permission, raise_exception=True)(only_post))
        )

    return decorate


def case_of(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(
        Case.objects.visible_to(user_of(request)).select_related(
            "assignee", "family", "conversation", "raised_by"
        ),
        pk=pk,
    )


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def live(
    request: HttpRequest, version: str, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    if request.headers.get("If-None-Match") == version:
        return HttpResponse(status=304)
    response = render(request, template, context())
    response["ETag"] = version
    return response
