"""What a parent says of a case when it is closed: how it was (1–5), and how they felt before and
after it. One tap each; the first tap counts.
"""

from __future__ import annotations

from django.db import transaction

from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.records import record

LOW = 2
FIELDS = {"rating": "rating", "before": "feeling_before", "after": "feeling_after"}


@transaction.atomic
def rate_case(case: Case, what: str, value: int) -> bool:
    """Keeps a tap: `what` is rating, before or after; `value` 1–5. False: this closing was answered
    before, or the answer is none.
    """
    if what not in FIELDS or not 1 <= value <= 5:
        return False
    Case.objects.select_for_update().get(pk=case.pk)
    closings = case.history.filter(kind=CaseEvent.Kind.CLOSED).order_by("-pk")
    last = closings.values_list("pk", flat=True).first()
    told = case.history.filter(kind=CaseEvent.Kind.RATED, detail__what=what)
    if last is None or told.filter(pk__gt=last).exists():
        return False
    Case.objects.filter(pk=case.pk).update(**{FIELDS[what]: value})
    case.refresh_from_db()
    record(
        case,
        CaseEvent.Kind.RATED,
        what=what,
        value=value,
        is_low=what == "rating" and value <= LOW,
    )
    return True
