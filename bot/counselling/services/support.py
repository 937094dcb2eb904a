"""A counsellor asks a supervisor to be there, for a case that weighs or for themselves."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.duty import supervisors_of
from bot.counselling.errors import SupportAnswered
from bot.counselling.models import Case, CaseEvent, SupportRequest
from bot.counselling.services.records import record
from bot.counselling.telling import tell_staff
from bot.staff.models import Team
from bot.staff.roles import name_of, team_ids_of


@transaction.atomic
def ask_support(*, by: User, case: Case | None = None, text: str = "") -> SupportRequest:
    """Asks the supervisors. A second request for the same case while the first waits adds the words
    to that one.
    """
    waiting = SupportRequest.objects.filter(by=by, case=case, answered_at=None).first()
    if waiting is not None:
        if text.strip() and text.strip() not in waiting.text:
            waiting.text = f"{waiting.text}\n{text.strip()}".strip()[:1000]
            waiting.save(update_fields=["text"])
        return waiting
    request = SupportRequest.objects.create(by=by, case=case, text=text.strip()[:1000])
    if case is not None:
        record(case, CaseEvent.Kind.SUPPORT_ASKED, by=by)
    supervisors = [user for user in _supervisors_for(by, case) if user != by]
    tell_staff(supervisors, "utter_staff_support", key=f"support:{request.pk}", name=name_of(by))
    return request


@transaction.atomic
def answer_support(request: SupportRequest, *, by: User) -> None:
    """Says who came. Raises SupportAnswered when a colleague was first."""
    waiting = SupportRequest.objects.filter(pk=request.pk, answered_at=None)
    if not waiting.update(answered_by=by, answered_at=timezone.now()):
        raise SupportAnswered
    request.refresh_from_db()
    tell_staff(
        [request.by], "utter_staff_support_coming", key=f"coming:{request.pk}", name=name_of(by)
    )


def _supervisors_for(by: User, case: Case | None) -> list[User]:
    """Those of the case's team, else those of the asker's teams."""
    if case is not None and case.team is not None:
        return supervisors_of(case.team)
    teams = Team.objects.filter(pk__in=team_ids_of(by))
    found = {user.pk: user for team in teams for user in supervisors_of(team)}
    return list(found.values()) or supervisors_of(None)
