"""The queue of cases: scopes, search, filters, pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from bot.counselling import worklist
from bot.counselling.duty import own_load
from bot.counselling.filters import CaseFilter
from bot.counselling.forms import BulkForm
from bot.counselling.models import Case
from bot.counselling.views.common import live, reads, user_of

PAGE_CASES = 30


@reads
def queue_page(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/queue.html", _queue(request))


@reads
def queue_live(request: HttpRequest) -> HttpResponse:
    version = worklist.queue_version(user_of(request), request.GET.urlencode())
    return live(request, version, "counselling/_queue.html", lambda: _queue(request))


def address_of(values: QueryDict, **changed: str) -> str:
    """The part after `?` that shows the same list, with some of it changed."""
    kept = values.copy()
    for name, value in changed.items():
        kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


def _queue(request: HttpRequest) -> dict[str, Any]:
    user = user_of(request)
    scope = request.GET.get("scope", "all")
    scope = scope if scope in worklist.SCOPES else "all"
    cases = worklist.cases_in(user, scope)
    visible = Case.objects.visible_to(user)
    narrowed = CaseFilter(request.GET, cases, visible=visible, viewer=user)
    found = narrowed.qs if narrowed.is_valid() else cases.none()
    numbers: Any = found.values_list("pk", flat=True)
    if request.GET.get("q"):
        # Every message is read for the words: once, not for the count and for the page.
        numbers = list(numbers)
    page = Paginator(numbers, PAGE_CASES).get_page(request.GET.get("page"))
    return {
        "rows": worklist.rows_of(user, list(page.object_list)),
        "counts": worklist.queue_counts(user),
        "load": own_load(user),
        "scope": scope,
        "filter": narrowed,
        "is_narrowed": narrowed.is_valid() and narrowed.is_narrowed(),
        "page": page,
        "query": address_of(request.GET),
        "before": address_of(request.GET, page=str(page.previous_page_number()))
        if page.has_previous()
        else "",
        "after": address_of(request.GET, page=str(page.next_page_number()))
        if page.has_next()
        else "",
        "bulk": BulkForm(),
    }
