"""The audit trail, for auditors and admins: searched, page by page, and as a table to keep."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bot.staff.audit import record
from bot.staff.forms import AuditForm
from bot.staff.models import AuditEvent, Role
from bot.staff.trail import detail_text, find_events, rows_of
from bot.staff.views.common import for_roles

ROWS_A_PAGE = 50


class _Line:
    """What csv.writer writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


@for_roles(Role.AUDITOR, Role.ADMIN)
@require_safe
def audit_page(request: HttpRequest) -> HttpResponseBase:
    form, asked = _asked(request.GET)
    page = Paginator(find_events(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(event, detail_text(event)) for event in page],
        "query": query.urlencode(),
    }
    return render(request, "staff/audit.html", context)


@for_roles(Role.AUDITOR, Role.ADMIN)
@require_POST
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """What was asked for as CSV; that it was taken out is in the trail too."""
    _, asked = _asked(request.POST)
    events = find_events(asked)
    told = {f"asked_{key}": str(value) for key, value in asked.items() if value}
    record(AuditEvent.Action.EXPORTED, request=request, what="audit", rows=events.count(), **told)
    writer = csv.writer(_Line())
    lines = (writer.writerow(row) for row in rows_of(events))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
    return response


def _asked(given: QueryDict) -> tuple[AuditForm, dict[str, Any]]:
    """The form as filled in, and what of it is right."""
    form = AuditForm(given)
    form.is_valid()
    return form, form.cleaned_data
