"""A counsellor asks a supervisor to be there, for a case that weighs or for themselves."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.errors import SupportAnswered
from bot.counselling.models import Case, CaseEvent, SupportRequest
from bot.counselling.services.records import record


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
    return request


@transaction.atomic
def answer_support(request: SupportRequest, *, by: User) -> None:
    """Says who came. Raises SupportAnswered when a colleague was first."""
    waiting = SupportRequest.objects.filter(pk=request.pk, answered_at=None)
    if not waiting.update(answered_by=by, answered_at=timezone.now()):
        raise SupportAnswered
    request.refresh_from_db()
