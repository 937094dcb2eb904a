"""Teams and the roster of duty. A supervisor of a team sees to that team; one without a team, and
an admin, to all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from bot.counselling.clocks import zone
from bot.counselling.duty import load_of, people_of
from bot.counselling.services import settings as services
from bot.counselling.settings_forms import PersonForm, ShiftForm, TeamForm
from bot.counselling.views.common import INVALID, user_of
from bot.counselling.views.settings import changes, supervises
from bot.staff.models import Role, Shift, Team
from bot.staff.roles import has_role, team_ids_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class RosterRow:
    """One person's week: the shifts of each of the seven days."""

    user: User
    days: list[list[Shift]]


@supervises
def teams_page(request: HttpRequest) -> HttpResponse:
    teams = [(team, load_of(team, timezone.now())) for team in _teams(request)]
    context = {
        "teams": teams,
        "may_add": _sees_all(request),
        "people": load_of(None, timezone.now()) if _sees_all(request) else [],
    }
    return render(request, "counselling/teams.html", context)


@supervises
def team_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A team, or a new one: only somebody who sees all may make it."""
    if pk is None and not _sees_all(request):
        raise PermissionDenied
    team = Team() if pk is None else get_object_or_404(_teams(request), pk=pk)
    form = TeamForm(request.POST or None, instance=team)
    if form.is_valid():
        services.save_team(form.instance, form.cleaned_data["members"], request=request)
        return redirect("counselling:teams")
    status = INVALID if form.is_bound else 200
    return render(request, "counselling/team.html", {"form": form, "team": team}, status=status)


@changes("counselling:teams")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user, form = get_object_or_404(_people(request), pk=pk), PersonForm(request.POST)
    if form.is_valid():
        services.set_person(user, **form.cleaned_data, request=request)
    else:
        for errors in form.errors.values():
            messages.warning(request, " ".join(str(error) for error in errors))
    return redirect("counselling:teams")


@supervises
def roster_page(request: HttpRequest) -> HttpResponse:
    return _roster(request, _monday(request.GET.get("week", "")))


@changes("counselling:roster")
def add_shift(request: HttpRequest) -> HttpResponse:
    form = _shift_form(request, request.POST)
    if not form.is_valid():
        return _roster(request, _monday(request.POST.get("day", "")), form)
    data = form.cleaned_data
    services.add_shifts(
        data["user"],
        form.stretches(),
        team=data["team"],
        is_on_call=data["is_on_call"],
        request=request,
    )
    return redirect(_week_address(data["day"]))


@changes("counselling:roster")
def remove_shift(request: HttpRequest, pk: int) -> HttpResponse:
    shift = get_object_or_404(Shift.objects.filter(user__in=_people(request)), pk=pk)
    services.remove_shift(shift, request=request)
    return redirect(_week_address(shift.starts_at.astimezone(zone()).date()))


def _roster(request: HttpRequest, monday: date, form: ShiftForm | None = None) -> HttpResponse:
    days = [monday + timedelta(days=number) for number in range(7)]
    begins = datetime.combine(monday, time(), zone())
    shifts = Shift.objects.filter(starts_at__gte=begins, starts_at__lt=begins + WEEK)
    rows = {user.pk: RosterRow(user, [[] for _ in days]) for user in _people(request)}
    for shift in shifts.filter(user__in=rows).select_related("team"):
        day = shift.starts_at.astimezone(zone()).date()
        rows[shift.user_id].days[(day - monday).days].append(shift)
    context = {
        "days": days,
        "rows": list(rows.values()),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "form": form or _shift_form(request),
    }
    status = INVALID if form is not None else 200
    return render(request, "counselling/roster.html", context, status=status)


def _shift_form(request: HttpRequest, data: Any = None) -> ShiftForm:
    return ShiftForm(data, people=_people(request), teams=_teams(request))


def _sees_all(request: HttpRequest) -> bool:
    user = user_of(request)
    return has_role(user, Role.ADMIN) or not team_ids_of(user)


def _teams(request: HttpRequest) -> QuerySet[Team]:
    teams = Team.objects.all()
    return teams if _sees_all(request) else teams.filter(pk__in=team_ids_of(user_of(request)))


def _people(request: HttpRequest) -> QuerySet[User]:
    people = people_of(None)
    if _sees_all(request):
        return people
    return people.filter(
        Q(pk=user_of(request).pk) | Q(profile__teams__in=team_ids_of(user_of(request)))
    )


def _monday(text: str) -> date:
    """The Monday of the week of a date; of this week when it is none."""
    try:
        day = date.fromisoformat(text)
        # The weeks before and after are shown too.
        day - 2 * WEEK, day + 2 * WEEK
    except (ValueError, OverflowError):
        day = timezone.now().astimezone(zone()).date()
    return day - timedelta(days=day.weekday())


def _week_address(day: date) -> str:
    return f"{reverse('counselling:roster')}?week={day.isoformat()}"
