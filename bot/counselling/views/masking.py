"""Looking behind the mask, for who may; it is recorded."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bot.counselling.masking import keep_unmasked, may_unmask, sees_whole
from bot.counselling.views.common import acts, case_of, user_of
from bot.staff.audit import record
from bot.staff.models import AuditEvent


@acts("counselling.view_case")
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the case as it was written to this session for ten minutes."""
    case, user = case_of(request, pk), user_of(request)
    if not sees_whole(case, user):
        if not may_unmask(case, user):
            raise PermissionDenied
        keep_unmasked(request, case)
        record(AuditEvent.Action.UNMASKED, request=request, case_number=case.pk)
    return redirect("counselling:case", pk=pk)
