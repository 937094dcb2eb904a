"""The queue of cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.counselling import queries
from bot.counselling.views.common import live, reads, user_of


@reads
def queue_page(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/queue.html", _queue(request))


@reads
def queue_live(request: HttpRequest) -> HttpResponse:
    version = queries.queue_version(user_of(request), _scope(request))
    return live(request, version, "counselling/_queue.html", lambda: _queue(request))


def _scope(request: HttpRequest) -> str:
    scope = request.GET.get("scope", "all")
    return scope if scope in queries.SCOPES else "all"


def _queue(request: HttpRequest) -> dict[str, Any]:
    user, scope = user_of(request), _scope(request)
    return {
        "rows": queries.queue(user, scope),
        "counts": queries.queue_counts(user),
        "scope": scope,
    }
