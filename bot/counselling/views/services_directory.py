"""The directory of services: seen by counsellors, filled by supervisors from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bot.counselling.directory import kinds
from bot.counselling.models import Service
from bot.counselling.services.places import export_rows, import_services
from bot.counselling.sheets import MAX_BYTES, SheetRefused, read_sheet, write_csv, write_xlsx
from bot.counselling.views.common import INVALID
from bot.staff.audit import record
from bot.staff.models import AuditEvent

SHOWN = 50
FAULTS_SHOWN = 50
MAY_SEE = permission_required("counselling.view_service", raise_exception=True)
MAY_FILL = permission_required("counselling.supervise", raise_exception=True)
FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": ("text/csv; charset=utf-8", write_csv),
}


@never_cache
@login_required
@MAY_SEE
@require_safe
def services_page(request: HttpRequest) -> HttpResponse:
    """The places, by kind and words; and what each kind of service does."""
    return _page(request)


@never_cache
@login_required
@MAY_FILL
@require_POST
def import_page(request: HttpRequest) -> HttpResponse:
    """Takes a sheet whole, or shows what is wrong row by row."""
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise SheetRefused("Hãy chọn một tệp.")
        if (upload.size or 0) > MAX_BYTES:
            raise SheetRefused("Tệp quá lớn: nhiều nhất 1 MB.")
        filled = import_services(read_sheet(upload.read(), upload.name or ""))
    except SheetRefused as error:
        return _page(request, refused=error, status=INVALID)
    record(
        AuditEvent.Action.SETTINGS_CHANGED,
        request=request,
        what="services",
        added=filled.added,
        changed=filled.changed,
    )
    told = f"Thêm {filled.added}, đổi {filled.changed}, như cũ {filled.unchanged}."
    messages.success(request, told)
    return redirect("counselling:services")


@never_cache
@login_required
@MAY_SEE
@require_safe
def export(request: HttpRequest, form: str, *, is_template: bool = False) -> HttpResponse:
    """The places as a sheet; the template has the headings alone."""
    if form not in FORMS:
        raise Http404
    media_type, write = FORMS[form]
    name = "mau-dich-vu" if is_template else "dich-vu"
    response = HttpResponse(write([] if is_template else export_rows()), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(
    request: HttpRequest, *, refused: SheetRefused | None = None, status: int = 200
) -> HttpResponse:
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    places = Service.objects.all()
    if kind in kinds():
        places = places.filter(kind=kind)
    if words:
        places = places.filter(Q(name__icontains=words) | Q(province__icontains=words))
    context: dict[str, Any] = {
        "kinds": kinds(),
        "kind": kind,
        "words": words,
        "page": Paginator(places, SHOWN).get_page(request.GET.get("page")),
        "refused": refused,
        "faults": refused.faults[:FAULTS_SHOWN] if refused else [],
        "more_faults": max(0, len(refused.faults) - FAULTS_SHOWN) if refused else 0,
    }
    return render(request, "counselling/services.html", context, status=status)
