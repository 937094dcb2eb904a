"""Cases and staff for tests of the supervisors' pages, with times told in minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from bot.counselling.models import Case
from bot.staff.accounts import role_group
from bot.staff.models import StaffProfile, Team


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def make_staff(name: str, role: str, *teams: Team, **profile: Any) -> User:
    user = User.objects.create_user(name)
    user.groups.add(role_group(role))
    StaffProfile.objects.create(user=user, **profile).teams.set(teams)
    return user


def make_case(opened_at: datetime, **fields: Any) -> Case:
    """A case of no family; normal and asked for, unless told otherwise."""
    values = {"reason": "asked", "priority": "normal", **fields}
    return Case.objects.create(opened_at=opened_at, **values)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
