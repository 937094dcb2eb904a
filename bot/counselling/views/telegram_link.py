"""A counsellor links their account with their private chat with the bot."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bot.counselling.services.linking import make_link_code, unlink_chat
from bot.counselling.views.common import user_of
from bot.messaging.links import staff_link
from bot.staff.models import StaffProfile

MAY_ANSWER = permission_required("counselling.change_case", raise_exception=True)


@never_cache
@login_required
@MAY_ANSWER
@require_http_methods(["GET", "POST"])
def telegram(request: HttpRequest) -> HttpResponse:
    """Whether a chat is linked; a POST makes a new link, which is shown once."""
    context: dict[str, object] = {"is_linked": _profile(request).telegram_chat != ""}
    if request.method == "POST":
        code = make_link_code(user_of(request))
        context |= {"is_new": True, "link": staff_link(code), "command": f"/start nv_{code}"}
    return render(request, "counselling/telegram.html", context)


@never_cache
@login_required
@MAY_ANSWER
@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    unlink_chat(_profile(request))
    messages.success(request, "Đã thôi nối Telegram.")
    return redirect("counselling:telegram")


def _profile(request: HttpRequest) -> StaffProfile:
    profile, _ = StaffProfile.objects.get_or_create(user=user_of(request))
    return profile
