"""Targets, working hours and days that are not as the others. For supervisors and admins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bot.counselling import clocks
from bot.counselling.hours import public_holidays
from bot.counselling.models import Case, SpecialDay
from bot.counselling.services import settings as services
from bot.counselling.settings_forms import HoursForm, SpecialDayForm, TargetForm
from bot.counselling.views.common import INVALID, View

YEAR = timedelta(days=365)


def supervises(view: View) -> View:
    """Only for those who supervise."""
    return never_cache(
        login_required(permission_required("counselling.supervise", raise_exception=True)(view))
    )


def changes(page: str) -> Callable[[View], View]:
    """For POST, by those who supervise. A GET, as after signing in anew, leads to the page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def only_post(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(page)
            return view(request, *args, **kwargs)

        return supervises(only_post)

    return decorate


@supervises
def settings_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@changes("counselling:settings")
def targets(request: HttpRequest) -> HttpResponse:
    forms = _target_forms(request.POST)
    if not all(form.is_valid() for form in forms.values()):
        return _page(request, targets=forms)
    services.set_targets({name: form.target() for name, form in forms.items()}, request=request)
    return redirect("counselling:settings")


@changes("counselling:settings")
def hours(request: HttpRequest) -> HttpResponse:
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _page(request, hours=form)
    services.set_hours(form.week(), request=request)
    return redirect("counselling:settings")


@changes("counselling:settings")
def add_day(request: HttpRequest) -> HttpResponse:
    form = SpecialDayForm(request.POST)
    if not form.is_valid():
        return _page(request, day_form=form)
    services.add_day(form.instance, request=request)
    return redirect("counselling:settings")


@changes("counselling:settings")
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    services.remove_day(get_object_or_404(SpecialDay, pk=pk), request=request)
    return redirect("counselling:settings")


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    today = timezone.now().astimezone(clocks.zone()).date()
    context = {
        "targets": _target_forms(),
        "hours": HoursForm(initial=HoursForm.initial_of(clocks.working_calendar().week)),
        "day_form": SpecialDayForm(),
        **forms,
        "days": SpecialDay.objects.filter(day__gte=today - YEAR),
        "holidays": _holidays(today),
    }
    names = dict(Case.Priority.choices)
    context["targets"] = [(names[name], form) for name, form in context["targets"].items()]
    return render(request, "counselling/settings.html", context, status=INVALID if forms else 200)


def _target_forms(data: Any = None) -> dict[str, TargetForm]:
    now = clocks.targets()
    return {
        name: TargetForm(data, prefix=name, initial=vars(now[name]))
        for name in Case.Priority.values
    }


def _holidays(today: date) -> list[tuple[date, str]]:
    """The public holidays of the coming year."""
    days = {**public_holidays(today.year), **public_holidays(today.year + 1)}
    return [(day, name) for day, name in days.items() if today <= day <= today + YEAR]
