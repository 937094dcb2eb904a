"""Cases as a spreadsheet; every sheet that leaves is in the audit trail."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bot.counselling.case_sheets import MEDIA_TYPES, Choice, as_csv, as_xlsx, cases_of, rows_of
from bot.counselling.forms_supervising import ExportForm
from bot.counselling.views.common import INVALID, user_of
from bot.counselling.views.supervising import chosen_team, may_supervise
from bot.staff.audit import record
from bot.staff.models import AuditEvent, Role
from bot.staff.roles import has_role


@may_supervise
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The form; a POST of it is answered with the file."""
    teams, team = chosen_team(request)
    context = {"teams": teams, "team": team, "page": "export"}
    if request.method != "POST":
        form = ExportForm(initial={"kind": "xlsx"})
        return render(request, "counselling/export.html", {**context, "form": form})
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(request, "counselling/export.html", {**context, "form": form}, status=INVALID)
    user, kind = user_of(request), form.cleaned_data["kind"]
    with_summary = form.cleaned_data["with_summary"]
    if with_summary and not has_role(user, Role.SUPERVISOR, Role.ADMIN):
        raise PermissionDenied
    choice = Choice(form.stretch(), form.states(), team)
    cases = cases_of(user, choice)
    rows = list(rows_of(cases, with_summary=with_summary))
    content = as_xlsx(rows) if kind == "xlsx" else as_csv(rows)
    stretch = choice.stretch
    record(
        AuditEvent.Action.EXPORTED,
        request=request,
        what="cases",
        kind=kind,
        rows=len(rows) - 1,
        first=str(stretch.first),
        last=str(stretch.last),
        team=team.pk if team else None,
        with_summary=with_summary,
    )
    name = f"mam-ca-{stretch.first:%Y%m%d}-{stretch.last:%Y%m%d}.{kind}"
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
