"""The counsellors' console: parse, one service, answer. Only for accounts with the rights of a
counsellor.

Pages ask for their `live` twin every two seconds; it answers 304 while nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bot.counselling import queries, services
from bot.counselling.errors import CaseClaimed, CounsellingError
from bot.counselling.forms import CloseForm, NoteForm, ReplyForm, new_key
from bot.counselling.lines import conversation_lines
from bot.counselling.models import Case
from bot.messaging.channels.telegram.files import NotFetched, fetch
from bot.messaging.models import InboundMessage, OutboundMessage

View = Callable[..., HttpResponse]
REFUSED = 409
INVALID = 422


def _reads(view: View) -> View:
    return never_cache(
        login_required(
            permission_required("counselling.view_case", raise_exception=True)(require_safe(view))
        )
    )


def _acts(permission: str) -> Callable[[View], View]:
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


@_reads
def queue_page(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/queue.html", _queue(request))


@_reads
def queue_live(request: HttpRequest) -> HttpResponse:
    version = queries.queue_version(_user(request), _scope(request))
    return _live(request, version, "counselling/_queue.html", lambda: _queue(request))


@_reads
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _case_page(request, _case(pk))


@_reads
def case_live(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(pk)
    version = queries.case_version(case, _user(request))
    return _live(request, version, "counselling/_case.html", lambda: _context(request, case))


@_reads
def file(request: HttpRequest, pk: int, inbound: int) -> HttpResponse:
    """What the parent sent in this very case: shown when a browser can, else offered to keep."""
    case = _case(pk)
    row = get_object_or_404(
        InboundMessage, pk=inbound, conversation=case.conversation_id, detail__has_key="file_id"
    )
    try:
        content, media_type = fetch(row)
    except NotFetched:
        return HttpResponse(status=502)
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    if row.kind == InboundMessage.Kind.DOCUMENT:
        name = quote(str(row.detail.get("name") or "tep"))
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@_acts("counselling.change_case")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(pk)
    try:
        services.claim_case(case, by=_user(request))
    except CaseClaimed as error:
        case.refresh_from_db()
        holder = (
            f" {capfirst(_label('assignee'))}: {_name(case.assignee)}." if case.assignee else ""
        )
        messages.warning(request, f"{error.user_message}{holder}")
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@_acts("counselling.change_case")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = _case(pk), ReplyForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, reply=form, status=INVALID)
    try:
        services.send_reply(case, form.cleaned_data["text"], by=_user(request), key=form.once())
    except CounsellingError as error:
        messages.warning(request, error.user_message)
        return _case_page(request, case, reply=form, status=REFUSED)
    return redirect("counselling:case", pk=pk)


@_acts("counselling.add_casenote")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = _case(pk), NoteForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, note=form, status=INVALID)
    services.add_note(case, form.cleaned_data["text"], by=_user(request))
    return redirect("counselling:case", pk=pk)


@_acts("counselling.change_case")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.release_case(_case(pk), by=_user(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@_acts("counselling.change_case")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = _case(pk), CloseForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, close=form, status=INVALID)
    try:
        services.close_case(case, by=_user(request), **form.cleaned_data)
    except CounsellingError as error:
        messages.warning(request, error.user_message)
        return _case_page(request, case, close=form, status=REFUSED)
    return redirect("counselling:case", pk=pk)


def _case(pk: int) -> Case:
    return get_object_or_404(
        Case.objects.select_related("assignee", "family", "conversation", "raised_by"), pk=pk
    )


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _name(user: User) -> str:
    return user.get_full_name() or user.username


def _label(field: str) -> str:
    return str(getattr(Case._meta.get_field(field), "verbose_name", field))


def _scope(request: HttpRequest) -> str:
    scope = request.GET.get("scope", "all")
    return scope if scope in queries.SCOPES else "all"


def _queue(request: HttpRequest) -> dict[str, Any]:
    user, scope = _user(request), _scope(request)
    return {
        "rows": queries.queue(user, scope),
        "counts": queries.queue_counts(user),
        "scope": scope,
    }


def _mode(case: Case, user: User) -> str:
    """What this user can do with the case: mine, free, other, closed."""
    if case.state == Case.State.CLOSED:
        return "closed"
    if case.assignee_id is None:
        return "free"
    return "mine" if case.assignee_id == user.pk else "other"


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    is_whole = "whole" in request.GET
    lines, is_cut = conversation_lines(case, is_whole=is_whole)
    mine = OutboundMessage.objects.filter(conversation=case.conversation_id, staff=_user(request))
    return {
        "case": case,
        "age": queries.age_text(queries.child_months(case)),
        "mode": _mode(case, _user(request)),
        "lines": lines,
        "is_cut": is_cut,
        "is_whole": is_whole,
        "packet": queries.packet_of(case),
        "notes": queries.notes_of(case),
        "history": queries.history_of(case),
        "replies_sent": mine.count() if case.conversation_id else 0,
        "key": new_key(),
        "outcomes": CloseForm.base_fields["outcome"].choices,  # type: ignore[attr-defined]
    }


def _case_page(
    request: HttpRequest, case: Case, *, status: int = 200, **forms: Any
) -> HttpResponse:
    case.refresh_from_db()
    return render(
        request, "counselling/case.html", {**_context(request, case), **forms}, status=status
    )


def _live(
    request: HttpRequest, version: str, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    if request.headers.get("If-None-Match") == version:
        return HttpResponse(status=304)
    response = render(request, template, context())
    response["ETag"] = version
    return response
