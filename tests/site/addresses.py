"""Every address of the project, and a world in which each of them leads to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from bot.counselling.models import CannedReply, Case, Mark, SpecialDay, SupportRequest
from bot.counselling.services import add_note, open_case
from bot.messaging.models import Channel, InboundMessage
from bot.messaging.services import receive
from bot.programme.models import Article
from bot.programme.pictures import all_pictures
from bot.staff.accounts import give_role
from bot.staff.invitations import invite
from bot.staff.models import Role, Shift, StaffProfile, Team

ROLES = ("anonymous", *Role.values)
# Wagtail looks after its own pages; its root is in the table.
LIBRARY = "library/"
LIBRARY_ROOT = "wagtailadmin_home"
SIGN_IN = "/dang-nhap/"
REFUSED = {401, 403, 404}


def addresses() -> dict[str, str]:
    """Name (with its namespace) or, without one, route → route, of every address of ours."""
    found = dict(_walk(get_resolver(), "", ""))
    return found | {LIBRARY_ROOT: LIBRARY}


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if route != LIBRARY:
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield (space + pattern.name if pattern.name else route), route


@dataclass
class World:
    """Values for what stands in angle brackets, by the address, by namespace or by name alone."""

    case: Case
    team: Team
    values: dict[str, Any]
    people: dict[str, Any] = field(default_factory=dict)

    def url(self, name: str) -> str:
        route = addresses()[name]
        if name == route:
            return f"/{route}" if not route.startswith("^") else f"/{route[1:].split('(')[0]}users/"
        space = name.rpartition(":")[0]
        wanted = [part.split(":")[-1].rstrip(">") for part in _brackets(route)]
        given = {
            part: next(
                self.values[key]
                for key in (f"{name}:{part}", f"{space}:{part}", part)
                if key in self.values
            )
            for part in wanted
        }
        return reverse(name, kwargs=given)


def _brackets(route: str) -> list[str]:
    return [piece.split(">")[0] for piece in route.split("<")[1:]]


def make_person(name: str, role: str, team: Team | None = None) -> User:
    """An account without a password: nobody signs in by it but a test."""
    user = User(username=name)
    user.set_unusable_password()
    user.save()
    give_role(user, role)
    profile = StaffProfile.objects.create(user=user)
    if team is not None:
        profile.teams.add(team)
    return user


def make_world(
    text: str = "chào",
    *,
    chat: str = "phone",
    team_name: str = "Đội Bắc",
    canned: str | None = None,
) -> World:
    """A family with a case of no team, a file, a note; one account a role; an open invitation."""
    row = receive(Channel.TELEGRAM, chat, external_id="m1", text=text)
    assert row is not None
    photo = receive(
        Channel.TELEGRAM,
        chat,
        external_id="m2",
        text="",
        kind=InboundMessage.Kind.PHOTO,
        detail={"file_id": "f1"},
    )
    assert photo is not None
    case, _ = open_case(row.conversation, reason="asked", raised_by=row)
    team = Team.objects.create(name=team_name)
    people: dict[str, Any] = {role: make_person(f"{role}-1", role) for role in Role.values}
    target = make_person("ban-moi", Role.COUNSELLOR)
    add_note(case, text, by=people[Role.COUNSELLOR])
    values = {
        "pk": case.pk,
        "inbound": photo.pk,
        "canned": CannedReply.objects.create(
            owner=people[Role.COUNSELLOR], title="câu của tôi", text=canned or text
        ).pk,
        "staff:pk": target.pk,
        "messaging:pk": photo.pk,
        "token": invite(by=people[Role.ADMIN], role=Role.COUNSELLOR, team=team),
        **_places_of_a_team(case, team, people),
        "slug": Article.shown().values_list("slug", flat=True)[0],
        "name": next(iter(all_pictures())),
    }
    return World(case, team, values, {**people, "anonymous": AnonymousUser()})


def _places_of_a_team(case: Case, team: Team, people: dict[str, Any]) -> dict[str, Any]:
    """A day off, a shift, a call for support, a mark: what supervisors and trainers settle."""
    now, counsellor = timezone.now(), people[Role.COUNSELLOR]
    day = SpecialDay.objects.create(day=now.date(), name="Ngày hội của đội")
    shift = Shift.objects.create(
        user=counsellor, team=team, starts_at=now, ends_at=now + timedelta(hours=4)
    )
    asked = SupportRequest.objects.create(by=counsellor, case=case)
    mark = Mark.objects.create(case=case, kind="wrong_label", was="self_harm", by=counsellor)
    return {
        "counselling:team:pk": team.pk,
        "counselling:person:pk": counsellor.pk,
        "counselling:remove_day:pk": day.pk,
        "counselling:remove_shift:pk": shift.pk,
        "counselling:answer_support:pk": asked.pk,
        "counselling:settle_mark:pk": mark.pk,
        "form": "xlsx",
    }


def client_of(world: World, role: str) -> Client:
    """A browser in which somebody of this role sits, or nobody."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def is_let_in(answer: Any) -> bool:
    """Neither refused nor sent to sign in."""
    is_sent_away = answer.status_code == 302 and answer.url.startswith(SIGN_IN)
    return answer.status_code not in REFUSED and not is_sent_away
