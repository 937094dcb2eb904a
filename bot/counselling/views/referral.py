"""Sends the parent of a case to a place that helps."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bot.counselling.directory import kinds
from bot.counselling.errors import CounsellingError
from bot.counselling.models import Service
from bot.counselling.services.referring import refer
from bot.counselling.views.common import INVALID, REFUSED, case_of, user_of


class ReferralForm(forms.Form):
    """A place of the directory, or a kind of service with where it is."""

    kind = forms.ChoiceField(label="Loại dịch vụ", required=False)
    service = forms.ModelChoiceField(
        label="Nơi trong danh mục",
        queryset=Service.objects.none(),
        required=False,
        empty_label="Không có trong danh mục",
    )
    where = forms.CharField(label="Ở đâu", max_length=240, required=False)
    when = forms.CharField(label="Khi nào", max_length=160, required=False)
    follow_up_on = forms.DateField(
        label="Ngày hỏi lại ba mẹ đã đến chưa",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(key, kind.name) for key, kind in kinds().items()]
        self.fields["kind"].choices = [("", "Chọn loại"), *choices]  # type: ignore[attr-defined]
        places = Service.objects.filter(is_active=True)
        self.fields["service"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        values: dict[str, object] = super().clean() or {}
        service = values.get("service")
        if isinstance(service, Service):
            values["kind"] = service.kind
        elif not values.get("kind"):
            self.add_error("kind", "Hãy chọn loại dịch vụ.")
        follow_up_on = self.cleaned_data.get("follow_up_on")
        if follow_up_on and follow_up_on <= timezone.localdate():
            self.add_error("follow_up_on", "Hãy chọn một ngày sau hôm nay.")
        return values


@never_cache
@login_required
@permission_required("counselling.add_referral", raise_exception=True)
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; a POST writes the card to the parent."""
    case = case_of(request, pk)
    form = ReferralForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                refer(case, by=user_of(request), **form.cleaned_data)
            except CounsellingError as error:
                messages.warning(request, error.user_message)
                status = REFUSED
            else:
                return redirect("counselling:case", pk=pk)
    context = {"case": case, "form": form, "kinds": kinds()}
    return render(request, "counselling/referral.html", context, status=status)
