"""Which team a new case belongs to, and whom it is offered to. An offer is no claim: the case waits,
and the assistant answers, until somebody takes it.
"""  # noqa: E501

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from bot.counselling.clocks import working_calendar
from bot.counselling.duty import on_call, on_duty, supervisors_of
from bot.counselling.errors import MayNotAssign
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.clocks import hasten_clocks, start_clocks
from bot.counselling.services.reading import find_second_reader
from bot.counselling.services.records import HELD, must_be_open, record
from bot.counselling.telling import tell_staff
from bot.messaging.models import InboundMessage
from bot.programme.models import Article
from bot.programme.provinces import province_in
from bot.staff.models import Role, Shift, Team
from bot.staff.roles import has_role, name_of

# What was asked within this time tells what the case is about.
RECENT = timedelta(hours=24)
MESSAGES_READ = 20
# What says whether the parent wants a person: the last of these counts.
CALLS = (
    CaseEvent.Kind.OPENED,
    CaseEvent.Kind.RAISED,
    CaseEvent.Kind.REOPENED,
    CaseEvent.Kind.CLAIMED,
    CaseEvent.Kind.ASSIGNED,
    CaseEvent.Kind.RETURNED,
)


@transaction.atomic
def receive_case(case: Case, now: datetime) -> None:
    """A new case, or one that is opened again: its team, its clocks, its readers, whom it is
    offered to.
    """
    topic, province = _topic_of(case, now) or case.topic, _province_of(case) or case.province
    Case.objects.filter(pk=case.pk).update(topic=topic, province=province)
    case.refresh_from_db()
    start_clocks(case, now)
    _settle(case, now)


@transaction.atomic
def receive_raised(case: Case, now: datetime) -> None:
    """A case whose reason or priority has become more serious."""
    hasten_clocks(case, now)
    _settle(case, now)


@transaction.atomic
def move_case(case: Case, team: Team | None, *, by: User) -> None:
    """Gives a case to another team; by hand it beats the routing. One that is held stays with its
    holder. Raises CaseIsClosed, MayNotAssign.
    """
    must_be_open(case)
    if case.assignee_id != by.pk and not has_role(by, Role.SUPERVISOR, Role.ADMIN):
        raise MayNotAssign
    _set_team(case, team, by=by)


def offer_case(case: Case, now: datetime) -> User | None:
    """Gives a waiting case to the least loaded person on duty in its team who has room and has not
    refused it; None when there is nobody.
    """
    if case.state != Case.State.WAITING or case.assignee_id is not None or was_sent_away(case):
        return None
    been = set(
        case.history.filter(kind__in=(CaseEvent.Kind.REFUSED, CaseEvent.Kind.RELEASED)).values_list(
            "by", flat=True
        )
    )
    is_urgent = case.priority == Case.Priority.URGENT
    free = [
        load.user
        for load in on_duty(case.team, now, is_urgent=is_urgent)
        if load.has_room and load.user.pk not in been
    ]
    return _offer(case, free[0]) if free else None


def call_supervisors(case: Case, now: datetime) -> None:
    """Tells them of danger that waits while nobody on duty can take it, as with an empty roster."""
    if case.priority != Case.Priority.URGENT or case.state != Case.State.WAITING:
        return
    here = on_duty(case.team, now, is_urgent=True)
    if case.assignee_id is None and not any(load.has_room for load in here):
        key = f"nobody:{case.pk}:{case.history.count()}"
        tell_staff(supervisors_of(case.team), "utter_group_alert", key=key, case=case)


def offer_waiting(now: datetime) -> int:
    """Offers what waits without an assignee, as when a shift begins; returns how many."""
    if not Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).exists():
        return 0
    waiting = (
        Case.objects.filter(state=Case.State.WAITING, assignee=None)
        .select_related("team")
        .order_by("opened_at")
    )
    offered, nobody = 0, set()
    for case in sorted(waiting, key=lambda case: case.priority != Case.Priority.URGENT):
        is_urgent = case.priority == Case.Priority.URGENT
        place = (case.team_id, is_urgent)
        if place in nobody:
            continue
        if not any(load.has_room for load in on_duty(case.team, now, is_urgent=is_urgent)):
            nobody.add(place)
            continue
        offered += offer_case(case, now) is not None
    return offered


def was_sent_away(case: Case) -> bool:
    """The parent has called the assistant back, and not asked for a person since."""
    last = case.history.filter(kind__in=CALLS).order_by("pk").last()
    return last is not None and last.kind == CaseEvent.Kind.RETURNED


def team_for(case: Case) -> Team | None:
    """The team whose lists fit best: most lists that name the case, province before topic before
    reason, then the fewest open cases. None when no team takes it: then everybody sees it.
    """
    teams = Team.objects.annotate(
        open_cases=Count("cases", filter=Q(cases__closed_at=None)),
    )
    fits = []
    for team in teams:
        pairs = (
            (team.provinces, case.province),
            (team.topics, case.topic),
            (team.reasons, case.reason),
        )
        if all(not wanted or value in wanted for wanted, value in pairs):
            named = tuple(bool(wanted) for wanted, _ in pairs)
            fits.append((-sum(named), [not name for name in named], team.open_cases, team.pk, team))
    return min(fits)[-1] if fits else None


def _settle(case: Case, now: datetime) -> None:
    if case.state not in HELD:
        _set_team(case, team_for(case))
        offer_case(case, now)
    find_second_reader(case)
    if case.priority == Case.Priority.URGENT and not working_calendar().is_working(now):
        key = f"on-call:{case.pk}:{case.history.count()}"
        tell_staff(on_call(case.team, now), "utter_staff_on_call", key=key, case=case)
    else:
        call_supervisors(case, now)


def _set_team(case: Case, team: Team | None, *, by: User | None = None) -> None:
    was = case.team
    if was == team:
        return
    Case.objects.filter(pk=case.pk).update(team=team)
    case.refresh_from_db()
    names = {"to": team.name if team else "", "was": was.name if was else ""}
    record(case, CaseEvent.Kind.ROUTED, by=by, **names)


def _offer(case: Case, user: User) -> User | None:
    """Safe with several couriers: only one of them gives it."""
    free = Case.objects.filter(pk=case.pk, state=Case.State.WAITING, assignee=None)
    with transaction.atomic():
        if not free.update(assignee=user):
            case.refresh_from_db()
            return None
        case.refresh_from_db()
        record(case, CaseEvent.Kind.ASSIGNED, to=user.pk, to_name=name_of(user))
        find_second_reader(case)
        key = f"offered:{case.pk}:{case.history.count()}"
        tell_staff([user], "utter_staff_offered", key=key, case=case)
    return user


def _topic_of(case: Case, now: datetime) -> str:
    """The domain of the article that the last question led to; empty when none did."""
    rows = InboundMessage.objects.filter(
        conversation=case.conversation_id, received_at__gt=now - RECENT
    ).order_by("-pk")
    for result in rows.values_list("result", flat=True)[:MESSAGES_READ]:
        found = [result.get("answer") or {}, *result.get("articles", ())[:1]]
        slugs = [row["slug"] for row in found if row.get("slug")]
        domain = Article.objects.filter(slug__in=slugs[:1]).values_list("domain", flat=True).first()
        if domain:
            return str(domain)
    return ""


def _province_of(case: Case) -> str:
    """The province that the parent named last, of what they wrote lately."""
    rows = InboundMessage.objects.filter(conversation=case.conversation_id).order_by("-pk")
    texts = rows.values_list("text", flat=True)[:MESSAGES_READ]
    return next((found for text in texts if (found := province_in(text))), "")
