"""What stands beside invented cases: history, notes, referrals, labels, calls for support."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.commands.invented.cases import Plan
from bot.commands.invented.sentences import Sentences
from bot.commands.invented.staff import Staff
from bot.counselling.models import Case, CaseEvent, CaseNote, Label, Referral, SupportRequest

REFERRAL_OUTCOMES = {
    Referral.Outcome.WAITING: 25,
    Referral.Outcome.REACHED: 45,
    Referral.Outcome.NOT_YET: 17,
    Referral.Outcome.REFUSED: 8,
    Referral.Outcome.NOT_SERVED: 5,
}


def add_aside(
    plans: list[Plan],
    children: list[tuple[str, int]],
    staff: Staff,
    sentences: Sentences,
    now: datetime,
) -> None:
    """Writes it for cases that are in the database."""
    rng = sentences.rng
    events = [
        CaseEvent(case=plan.case, kind=kind, at=at, by=by, detail=detail)
        for plan in plans
        for kind, at, by, detail in plan.history
    ]
    CaseEvent.objects.bulk_create(sorted(events, key=lambda event: event.at))
    held = [plan for plan in plans if plan.case.assignee and plan.case.first_response_at]
    CaseNote.objects.bulk_create(
        CaseNote(
            case=plan.case,
            author=plan.case.assignee,
            text=sentences.one_of("notes"),
            written_at=plan.case.first_response_at or now,
        )
        for plan in held
        if rng.random() < 0.35
    )
    Referral.objects.bulk_create(_referral(plan, sentences, now) for plan in _referred(held))
    _add_labels(plans, sentences)
    SupportRequest.objects.bulk_create(
        SupportRequest(
            by=plan.case.assignee,
            case=plan.case,
            text=sentences.one_of("support"),
            asked_at=now - timedelta(minutes=20 + 35 * number),
        )
        for number, plan in enumerate(
            [plan for plan in held if plan.case.state == Case.State.CLAIMED][:3]
        )
    )


def _referred(held: list[Plan]) -> list[Plan]:
    return [
        plan
        for place, plan in enumerate(held)
        if plan.case.outcome == Case.Outcome.REFERRED or (not plan.case.outcome and place % 6 == 0)
    ]


def _referral(plan: Plan, sentences: Sentences, now: datetime) -> Referral:
    rng, case = sentences.rng, plan.case
    assert case.first_response_at is not None  # noqa: S101
    at = case.first_response_at + timedelta(hours=1)
    outcome = rng.choices(list(REFERRAL_OUTCOMES), list(REFERRAL_OUTCOMES.values()))[0]
    known_at = at + timedelta(days=7)
    is_known = known_at < now and outcome != Referral.Outcome.WAITING
    return Referral(
        case=case,
        by=case.assignee,
        at=at,
        follow_up_on=known_at.date(),
        asked_at=known_at if is_known else None,
        outcome=outcome if is_known else Referral.Outcome.WAITING,
        outcome_at=known_at if is_known else None,
        **rng.choice(sentences.words["referrals"]),
    )


def _add_labels(plans: list[Plan], sentences: Sentences) -> None:
    labels = [Label.objects.create(name=name) for name in sentences.words["labels"]]
    for label in labels:
        label.cases.set([plan.case for plan in plans if sentences.rng.random() < 0.04])
