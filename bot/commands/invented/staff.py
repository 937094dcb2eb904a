"""Invented staff: accounts named demo-…, their teams and shifts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.utils import timezone

from bot.commands.invented.sentences import Sentences
from bot.staff.accounts import role_group
from bot.staff.models import Role, Shift, StaffProfile, Team

MOST_OPEN = 40
SHIFT = timedelta(hours=8)


@dataclass
class Staff:
    teams: list[Team]
    counsellors: dict[int, list[User]]
    supervisors: list[User]

    def team_for(self, reason: str, topic: str, rng: random.Random) -> Team | None:
        """The team of the reason or the topic; now and then none."""
        if rng.random() < 0.06:
            return None
        named = [team for team in self.teams if reason in team.reasons or topic in team.topics]
        return named[0] if named else self.teams[-1]

    def someone(self, team: Team | None, rng: random.Random) -> User:
        return rng.choice(self.counsellors[(team or self.teams[-1]).pk])


def add_invented_staff(sentences: Sentences, now: datetime, password: str) -> Staff:
    """12 counsellors in three teams and two supervisors, one of a team and one of all."""
    words, rng = sentences.words, sentences.rng
    teams = [Team.objects.create(**row) for row in words["teams"]]
    # One password for all, and hashed once: hashing is slow by design.
    hashed = make_password(password)
    counsellors: dict[int, list[User]] = {team.pk: [] for team in teams}
    for number, name in enumerate(words["staff"]):
        team = teams[number % len(teams)]
        user = _add(f"demo-tu-van-{number + 1:02}", Role.COUNSELLOR, name, hashed, [team])
        counsellors[team.pk].append(user)
    supervisors = [
        _add(f"demo-giam-sat-{number + 1}", Role.SUPERVISOR, name, hashed, teams[:number])
        for number, name in enumerate(words["supervisors"])
    ]
    _give_shifts([one for rows in counsellors.values() for one in rows], rng, now)
    return Staff(teams, counsellors, supervisors)


def _add(account: str, role: str, full_name: str, hashed: str, teams: list[Team]) -> User:
    # In one piece: Django would put the family name last.
    user = User.objects.create(username=account, password=hashed, first_name=full_name)
    user.groups.add(role_group(role))
    profile = StaffProfile.objects.create(user=user, max_open_cases=MOST_OPEN)
    profile.teams.set(teams)
    return user


def _give_shifts(users: list[User], rng: random.Random, now: datetime) -> None:
    """Two weeks around today, and two thirds on duty right now."""
    today = timezone.localtime(now).replace(hour=8, minute=0, second=0, microsecond=0)
    shifts = [
        Shift(user=user, starts_at=start, ends_at=start + SHIFT)
        for user in users
        for day in range(-7, 8)
        for start in [today + timedelta(days=day)]
        if start.weekday() < 5 and rng.random() < 0.7
    ]
    shifts += [
        Shift(user=user, starts_at=now - timedelta(hours=3), ends_at=now + timedelta(hours=5))
        for user in users
        if rng.random() < 0.66
    ]
    Shift.objects.bulk_create(shifts)
    away = rng.choice(users)
    StaffProfile.objects.filter(user=away).update(is_away=True)
