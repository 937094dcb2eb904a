"""A counsellor's own ready sentences, and those shipped."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bot.counselling import services
from bot.counselling.canned import shipped_replies
from bot.counselling.forms import CannedForm
from bot.counselling.models import CannedReply
from bot.counselling.views.common import INVALID, user_of


@never_cache
@login_required
@permission_required("counselling.change_case", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def canned_page(request: HttpRequest) -> HttpResponse:
    """`?edit=` fills the form with one's own reply; saving under the same name replaces it."""
    user = user_of(request)
    own = CannedReply.objects.filter(owner=user)
    form, status = CannedForm(), 200
    if request.method == "POST":
        form = CannedForm(request.POST)
        if form.is_valid():
            services.save_canned(owner=user, **form.cleaned_data)
            return redirect("counselling:canned")
        status = INVALID
    elif (number := request.GET.get("edit", "")).isdecimal():
        row = get_object_or_404(own, pk=number)
        form = CannedForm({"title": row.title, "text": row.text, "reasons": row.reasons})
    context = {"form": form, "own": own, "shipped": shipped_replies()}
    return render(request, "counselling/canned.html", context, status=status)


@never_cache
@login_required
@permission_required("counselling.change_case", raise_exception=True)
@require_POST
def delete(request: HttpRequest, canned: int) -> HttpResponse:
    """Only one's own."""
    services.delete_canned(get_object_or_404(CannedReply, owner=user_of(request), pk=canned))
    return redirect("counselling:canned")
