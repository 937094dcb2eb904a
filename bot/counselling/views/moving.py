"""Who has a case and when it is looked at again: given, refused, taken over, snoozed; one, many."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bot.counselling import services
from bot.counselling.errors import CounsellingError
from bot.counselling.forms import (
    AssignForm,
    BulkForm,
    MoveForm,
    RaiseForm,
    RefuseForm,
    SecondReaderForm,
    SnoozeForm,
)
from bot.counselling.models import Case
from bot.counselling.views.case import render_case
from bot.counselling.views.common import INVALID, acts, case_of, user_of
from bot.counselling.views.queue import address_of


@acts("counselling.change_case")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), AssignForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, assign=form, status=INVALID)
    try:
        services.assign_case(case, form.cleaned_data["to"], by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), RefuseForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, refuse=form, status=INVALID)
    try:
        services.refuse_case(case, by=user_of(request), reason=form.cleaned_data["reason"])
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    try:
        services.take_over_case(case, by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def raise_case(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), RaiseForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, raising=form, status=INVALID)
    try:
        services.raise_priority(case, by=user_of(request), priority=form.cleaned_data["priority"])
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another team; who is not in it does not see the case any more."""
    case, form = case_of(request, pk), MoveForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, moving=form, status=INVALID)
    try:
        services.move_case(case, form.cleaned_data["team"], by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
        return redirect("counselling:case", pk=pk)
    return redirect("counselling:queue")


@acts("counselling.change_case")
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_of(request, pk), SnoozeForm(request.POST)
    if not form.is_valid():
        return render_case(request, case, snooze=form, status=INVALID)
    try:
        services.snooze_case(case, by=user_of(request), until=form.cleaned_data["until"])
    except CounsellingError as error:
        messages.warning(request, error.user_message)
        return render_case(request, case, snooze=form, status=INVALID)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def second_reader(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    form = SecondReaderForm(request.POST, case=case)
    if not form.is_valid():
        return render_case(request, case, second=form, status=INVALID)
    try:
        services.set_second_reader(case, form.cleaned_data["to"], by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@never_cache
@login_required
@permission_required("counselling.change_case", raise_exception=True)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """One thing for many cases; says how many it was done to, and why not to the others."""
    back = address_of(QueryDict(request.POST.get("back", "")))
    visible = Case.objects.visible_to(user_of(request))
    chosen = [number for number in request.POST.getlist("cases") if number.isdecimal()]
    numbers = list(visible.filter(pk__in=chosen).values_list("pk", flat=True))
    form = BulkForm(request.POST, visible=numbers)
    done: list[int] = []
    refused: list[tuple[int, str]] = []
    if form.is_valid():
        for case in visible.filter(pk__in=form.cleaned_data["cases"]).order_by("pk"):
            try:
                _do(case, form.cleaned_data, user_of(request))
            except CounsellingError as error:
                refused.append((case.pk, error.user_message))
            else:
                done.append(case.pk)
    told = {"done": done, "refused": refused, "form": form, "has_chosen": bool(numbers)}
    level = messages.SUCCESS if done and not refused else messages.WARNING
    messages.add_message(request, level, render_to_string("counselling/_bulk.txt", told).strip())
    return redirect(f"{reverse('counselling:queue')}?{back}")


def _do(case: Case, values: dict[str, Any], by: User) -> None:
    if values["action"] == "assign":
        services.assign_case(case, values["to"], by=by)
    elif values["action"] == "snooze":
        services.snooze_case(case, by=by, until=values["until"])
    else:
        services.close_case(case, by=by, outcome=values["outcome"])
