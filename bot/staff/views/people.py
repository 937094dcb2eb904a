"""Colleagues: who there is, inviting, roles and teams, locking, a lost second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bot.staff import people
from bot.staff.accounts import StaffError
from bot.staff.factor import remove_factor
from bot.staff.forms import InviteForm, JoinForm, PersonForm
from bot.staff.invitations import accept, find_invitation, invite
from bot.staff.models import Role, Team
from bot.staff.roles import has_role, roles_of, team_ids_of
from bot.staff.sessions import end_sessions
from bot.staff.views.common import (
    INVALID,
    count_wrong_try,
    for_roles,
    tried_too_often,
    user_of,
)


@for_roles(Role.ADMIN, Role.SUPERVISOR)
@require_http_methods(["GET", "POST"])
def staff_page(request: HttpRequest) -> HttpResponseBase:
    """The list; a POST makes a link, which this answer alone shows."""
    user = user_of(request)
    form = InviteForm(request.POST or None, **_may_invite(user))
    link, status = "", 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                link = link_of(invite(by=user, **form.cleaned_data))
                status = 200
            except StaffError as error:
                form.add_error(None, error.user_message)
    context = {
        "people": [_row(person) for person in people.people_seen_by(user)],
        "roles": Role.choices,
        "teams": Team.objects.all(),
        "is_admin": has_role(user, Role.ADMIN),
        "form": form,
        "link": link,
    }
    return render(request, "staff/people.html", context, status=status)


@for_roles(Role.ADMIN)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another role, other teams."""
    person, form, by = get_object_or_404(User, pk=pk), PersonForm(request.POST), user_of(request)
    if form.is_valid():
        try:
            people.change_teams(person, form.cleaned_data["teams"], by=by)
            people.change_role(person, form.cleaned_data["role"], by=by)
        except StaffError as error:
            messages.warning(request, error.user_message)
    return redirect("staff:invite")


@for_roles(Role.ADMIN)
@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Locks an account, or with `open` opens it again."""
    person = get_object_or_404(User, pk=pk)
    try:
        people.set_active(person, "open" in request.POST, by=user_of(request))
    except StaffError as error:
        messages.warning(request, error.user_message)
    return redirect("staff:invite")


@for_roles(Role.ADMIN)
@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For somebody whose phone is gone: the next sign-in sets up another."""
    person = get_object_or_404(User, pk=pk)
    remove_factor(person, by=user_of(request))
    end_sessions(person, by=user_of(request))
    return redirect("staff:invite")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link of an invitation opens: the invited makes an account."""
    if refusal := tried_too_often(request, "join"):
        return refusal
    invitation = find_invitation(token)
    if invitation is None:
        count_wrong_try(request, "join")
        return render(request, "staff/no_invitation.html", status=404)
    form, error = JoinForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            accept(token, **form.cleaned_data)
        except StaffError as refused:
            error = refused.user_message
        else:
            return redirect("login")
    context = {"invitation": invitation, "form": form, "error": error}
    status = INVALID if request.method == "POST" else 200
    return render(request, "staff/join.html", context, status=status)


def link_of(token: str) -> str:
    """The whole address of an invitation."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('staff:join', args=[token])}"


def _may_invite(user: User) -> dict[str, Any]:
    if has_role(user, Role.ADMIN):
        return {"roles": Role.values, "teams": Team.objects.all()}
    return {
        "roles": [Role.COUNSELLOR.value],
        "teams": Team.objects.filter(pk__in=team_ids_of(user)),
    }


def _row(person: User) -> dict[str, Any]:
    held = roles_of(person) if person.is_active else _held(person)
    profile = getattr(person, "profile", None)
    return {
        "person": person,
        "roles": held,
        "labels": [label for value, label in Role.choices if value in held],
        "teams": list(profile.teams.all()) if profile else [],
        "has_factor": any(device.confirmed for device in person.totpdevice_set.all()),  # type: ignore[attr-defined]
    }


def _held(person: User) -> set[str]:
    """The roles a locked account had and would have again."""
    names = {group.name for group in person.groups.all()}
    return names | ({Role.ADMIN.value} if person.is_superuser else set())
