"""A counsellor asks for support; supervisors see who asks and say that they come."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from bot.counselling import services
from bot.counselling.errors import CounsellingError
from bot.counselling.models import Case
from bot.counselling.settings_forms import SupportForm
from bot.counselling.support import answerable_by, support_of
from bot.counselling.views.common import INVALID, user_of
from bot.counselling.views.settings import changes

SHOWN = 50


@never_cache
@login_required
@permission_required("counselling.change_case", raise_exception=True)
def support_page(request: HttpRequest) -> HttpResponse:
    """One's own requests and, for supervisors, those of others. A POST asks."""
    form = SupportForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["case"]
        case = (
            get_object_or_404(Case.objects.visible_to(user_of(request)), pk=number)
            if number
            else None
        )
        services.ask_support(by=user_of(request), case=case, text=form.cleaned_data["text"])
        return redirect("counselling:support")
    user = user_of(request)
    context = {
        "form": form,
        "own": support_of(user)[:SHOWN],
        "others": answerable_by(user).order_by(F("answered_at").desc(nulls_first=True), "asked_at")[
            :SHOWN
        ],
        "is_supervisor": user.has_perm("counselling.supervise"),
    }
    status = INVALID if form.is_bound else 200
    return render(request, "counselling/support.html", context, status=status)


@changes("counselling:support")
def answer_support(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(answerable_by(user_of(request)), pk=pk)
    try:
        services.answer_support(asked, by=user_of(request))
    except CounsellingError as error:
        messages.warning(request, error.user_message)
    return redirect("counselling:support")
