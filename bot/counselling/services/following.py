"""Asks parents, once and kindly, how things are: on the day a closed case names, and on the day of a
referral.
"""  # noqa: E501

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bot.counselling.models import Case, CaseEvent, Referral
from bot.counselling.services.records import record, tell_parent
from bot.counselling.services.referring import Outcome, know_outcome

# Nobody is asked at night; hours of the local day, half-open.
ASKED_BETWEEN = (8, 20)


def ask_follow_ups(now: datetime) -> int:
    """Asks where the day has come; returns how many were asked. Safe with several couriers."""
    local = timezone.localtime(now)
    if not ASKED_BETWEEN[0] <= local.hour < ASKED_BETWEEN[1]:
        return 0
    today = local.date()
    cases = Case.objects.filter(
        state=Case.State.CLOSED,
        follow_up_on__lte=today,
        followed_up_at=None,
        conversation__isnull=False,
        family__wants_messages=True,
    )
    referrals = Referral.objects.filter(
        follow_up_on__lte=today,
        asked_at=None,
        outcome=Referral.Outcome.WAITING,
        case__conversation__isnull=False,
        case__family__wants_messages=True,
    ).select_related("case")
    # Whoever is asked of a referral is not asked the same of its case on the same day.
    asked = [referral for referral in referrals if _ask_referral(referral, now)]
    busy = {referral.case_id for referral in asked}
    return len(asked) + sum(_ask_case(case, now) for case in cases if case.pk not in busy)


@transaction.atomic
def answer_follow_up(case: Case, *, is_well: bool) -> None:
    """Keeps what the parent answered."""
    record(case, CaseEvent.Kind.FOLLOWED_UP, is_well=is_well)


@transaction.atomic
def answer_referral(referral: Referral, outcome: str) -> bool:
    """Keeps whether the parent reached the place; False: known before, or no such answer."""
    return outcome in Outcome.values and know_outcome(referral, outcome)


@transaction.atomic
def _ask_case(case: Case, now: datetime) -> int:
    free = Case.objects.filter(pk=case.pk, state=Case.State.CLOSED, followed_up_at=None)
    if not free.update(followed_up_at=now):
        return 0
    record(case, CaseEvent.Kind.FOLLOWED_UP, is_asked=True)
    tell_parent(case, "utter_follow_up", f"follow-up:{case.pk}:{case.times_reopened}")
    return 1


@transaction.atomic
def _ask_referral(referral: Referral, now: datetime) -> int:
    if not Referral.objects.filter(pk=referral.pk, asked_at=None).update(asked_at=now):
        return 0
    case = referral.case
    record(case, CaseEvent.Kind.FOLLOWED_UP, is_asked=True, referral=referral.pk)
    key = f"referral-asked:{referral.pk}"
    tell_parent(case, "utter_ask_referral", key, referral=referral.pk)
    return 1
