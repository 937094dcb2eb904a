"""Closing a case, and taking the content out of it when a family erases its data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.models import Case, CaseEvent, Mark, SupportRequest
from bot.counselling.services.records import must_have_read, must_hold, record, tell_parent

# Nothing was talked about, so there is nothing to be asked of it.
NOT_RATED = {Case.Outcome.MISTAKE, Case.Outcome.ERASED}


@transaction.atomic
def close_case(
    case: Case, *, by: User, outcome: str, summary: str = "", follow_up_on: date | None = None
) -> None:
    """Closes a case; the assistant is back and says so, how to go on, and asks how it was.
    `follow_up_on`: the day on which the parent is asked how things are. Raises NotAssignee,
    CaseIsClosed, ParentHasWritten.
    """
    must_hold(case, by)
    must_have_read(case, by)
    _close(case, outcome=outcome, summary=summary)
    Case.objects.filter(pk=case.pk).update(follow_up_on=follow_up_on, followed_up_at=None)
    case.refresh_from_db()
    record(case, CaseEvent.Kind.CLOSED, by=by, outcome=outcome)
    key = f"{case.pk}:{case.times_reopened}"
    tell_parent(case, "utter_case_closed", f"closed:{key}")
    if outcome not in NOT_RATED:
        tell_parent(case, "utter_ask_rating", f"rating:{key}")


@transaction.atomic
def erase_cases(family: Any) -> None:
    """Takes the content out of a family's cases; numbers, reasons and history stay. An open one is
    closed.
    """
    for case in Case.objects.filter(family=family):
        if case.state != Case.State.CLOSED:
            _close(case, outcome=Case.Outcome.ERASED, summary="")
            record(case, CaseEvent.Kind.CLOSED, outcome=Case.Outcome.ERASED)
        case.notes.all().delete()
        case.drafts.all().delete()
        case.referrals.update(service=None, where="", when="")
        Mark.objects.filter(case=case).update(question="")
        SupportRequest.objects.filter(case=case).update(text="")
        Case.objects.filter(pk=case.pk).update(
            family=None, conversation=None, raised_by=None, summary=""
        )
        record(case, CaseEvent.Kind.ERASED)


def _close(case: Case, *, outcome: str, summary: str) -> None:
    Case.objects.filter(pk=case.pk).update(
        state=Case.State.CLOSED, outcome=outcome, summary=summary, closed_at=timezone.now()
    )
    case.refresh_from_db()
