"""What a parent says of a case when it is closed: how it was (1–5), and how they felt before and
after it. One tap each; the first tap counts.
"""

from __future__ import annotations

from django.db import transaction

from bot.counselling.duty import supervisors_of
from bot.counselling.models import Case, CaseEvent
from bot.counselling.services.records import record
from bot.counselling.telling import tell_staff

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
    is_low = what == "rating" and value <= LOW
    record(case, CaseEvent.Kind.RATED, what=what, value=value, is_low=is_low)
    if is_low:
        key = f"low-rating:{case.pk}:{case.times_reopened}"
        tell_staff(supervisors_of(case.team), "utter_staff_low_rating", key=key, case=case)
    return True
