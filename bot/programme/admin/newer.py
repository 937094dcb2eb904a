"""A newer text of the release that waits because a trainer edited the row: seen side by side, then
taken or left.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from bot.programme.files import serialise
from bot.programme.models import Article, EmergencyCard
from bot.programme.rows import to_file
from bot.programme.services import leave_newer, take_newer

MODELS: dict[str, Any] = {"article": Article, "card": EmergencyCard}


@permission_required("programme.change_article", raise_exception=True)
@require_http_methods(["GET", "POST"])
def newer(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Both texts; a POST with `choice` take or leave decides."""
    if kind not in MODELS:
        raise Http404
    row = get_object_or_404(MODELS[kind], pk=pk)
    back = f"wagtailsnippets_programme_{MODELS[kind]._meta.model_name}:edit"
    if not row.newer_shipped_text:
        return redirect(back, row.pk)
    if request.method == "POST":
        if request.POST.get("choice") == "take":
            take_newer(row)
            messages.success(request, "Đã dùng bản mới của nhà phát hành.")
        else:
            leave_newer(row)
            messages.success(request, "Đã giữ bản sửa ở đây.")
        return redirect(back, row.pk)
    context = {
        "row": row,
        "here": serialise(to_file(row), is_card=kind == "card"),
        "newer": row.newer_shipped_text,
        "page_title": f"Bản mới: {row.title}",
    }
    return render(request, "programme/newer.html", context)
