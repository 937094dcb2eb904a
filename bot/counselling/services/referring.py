"""Sends a parent to a place that helps: the card in their chat, and what became of it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.directory import Kind, kinds
from bot.counselling.errors import NoSuchKind
from bot.counselling.models import Case, CaseEvent, Referral, Service
from bot.counselling.services.clocks import end_rest
from bot.counselling.services.records import must_hold, record
from bot.counselling.telling import tell_staff
from bot.messaging.models import OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import queue_reply

Outcome = Referral.Outcome


@transaction.atomic
def refer(
    case: Case,
    *,
    by: User,
    kind: str,
    service: Service | None = None,
    where: str = "",
    when: str = "",
    follow_up_on: date | None = None,
) -> Referral:
    """Writes the card of a service to the parent and keeps the referral; the same again is the same
    one. `where` beats the address of the place. Raises NotAssignee, CaseIsClosed, NoSuchKind.
    """
    must_hold(case, by)
    if kind not in kinds():
        raise NoSuchKind
    referral, is_new = Referral.objects.get_or_create(
        case=case,
        kind=kind,
        service=service,
        where=where or _place(service),
        when=when,
        outcome=Outcome.WAITING,
        defaults={"by": by, "follow_up_on": follow_up_on},
    )
    if is_new:
        _send_card(referral, kinds()[kind], by)
        Case.objects.filter(pk=case.pk, first_response_at=None).update(
            first_response_at=timezone.now()
        )
        case.refresh_from_db()
        record(case, CaseEvent.Kind.REFERRED, by=by, referral=referral.pk, service=kind)
    return referral


@transaction.atomic
def know_outcome(referral: Referral, outcome: str) -> bool:
    """Keeps what became of a referral, once. Where the parent was not helped, the case is before its
    counsellor again. False: it was known before.
    """  # noqa: E501
    unknown = Referral.objects.filter(pk=referral.pk, outcome=Outcome.WAITING)
    if not unknown.update(outcome=outcome, outcome_at=timezone.now()):
        return False
    referral.refresh_from_db()
    case = referral.case
    record(case, CaseEvent.Kind.REFERRAL_KNOWN, referral=referral.pk, outcome=outcome)
    if outcome != Outcome.REACHED:
        was_resting = case.state == Case.State.SNOOZED
        quiet = (Case.State.WAITING_FOR_PARENT, Case.State.SNOOZED)
        Case.objects.filter(pk=case.pk, state__in=quiet).update(
            state=Case.State.CLAIMED, snoozed_until=None
        )
        case.refresh_from_db()
        if was_resting and case.state == Case.State.CLAIMED:
            end_rest(case, timezone.now())
        if case.assignee is not None:
            key = f"not-helped:{referral.pk}"
            tell_staff([case.assignee], "utter_staff_not_helped", key=key, case=case)
    return True


def _place(service: Service | None) -> str:
    if service is None:
        return ""
    return ", ".join(part for part in (service.address, service.province) if part)[:240]


def _send_card(referral: Referral, kind: Kind, by: User) -> None:
    service = referral.service
    lines = [
        ("utter_referral_what", service.name if service else kind.name),
        ("utter_referral_does", kind.does),
        ("utter_referral_where", referral.where),
        ("utter_referral_when", referral.when or (service.hours if service else "")),
        ("utter_referral_contact", service.contact if service else ""),
        ("utter_referral_bring", kind.bring),
        ("utter_referral_cost", (service.cost if service else "") or kind.cost),
    ]
    text = "\n".join(reply(name, text=words).text for name, words in lines if words)
    conversation = referral.case.conversation
    assert conversation is not None  # noqa: S101
    queue_reply(
        conversation,
        text,
        dedupe_key=f"referral:{referral.pk}",
        author=OutboundMessage.Author.COUNSELLOR,
        staff=by,
    )
