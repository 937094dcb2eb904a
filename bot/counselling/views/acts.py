"""What is done with a case: parse, one service, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst

from bot.counselling import services
from bot.counselling.errors import CaseClaimed, CounsellingError
from bot.counselling.forms import CloseForm, NoteForm, ReplyForm
from bot.counselling.models import Case
from bot.counselling.views.case import render_case
from bot.counselling.views.common import INVALID, REFUSED, acts, case_of, user_of
from bot.staff.roles import name_of


@acts("counselling.change_case")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    try:
        services.claim_case(case, by=user_of(request))
    except CaseClaimed as error:
        case.refresh_from_db()
        holder = (
            f" {capfirst(_label('assignee'))}: {name_of(case.assignee)}." if case.assignee else ""
        )
        messages.warning(request, f"{error.user_message}{holder}")
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), ReplyForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, reply=form, status=INVALID)
    try:
        services.send_reply(case, form.cleaned_data["text"], by=user_of(request), key=form.once())
    except CounsellingError as error:
        # Whoever takes the case over goes on with what they typed.
        services.save_draft(case, form.cleaned_data["text"], by=user_of(request))
        messages.warning(request, error.user_message)
        return render_case(request, case, reply=form, status=REFUSED)
    return redirect("counselling:case", pk=pk)


@acts("counselling.add_casenote")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), NoteForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, note=form, status=INVALID)
    services.add_note(case, form.cleaned_data["text"], by=user_of(request))
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.release_case(case_of(request, pk), by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, close=form, status=INVALID)
    try:
        services.close_case(case, by=user_of(request), **form.cleaned_data)
    except CounsellingError as error:
        messages.warning(request, error.user_message)
        return render_case(request, case, close=form, status=REFUSED)
    return redirect("counselling:case", pk=pk)


def _label(field: str) -> str:
    return str(getattr(Case._meta.get_field(field), "verbose_name", field))
