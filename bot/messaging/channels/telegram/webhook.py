"""Telegram's webhook: checked by its secret header, kept as a row, then acknowledged."""

from __future__ import annotations

import hmac
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bot.messaging.channels.telegram.intake import take_in
from bot.messaging.channels.telegram.setup import webhook_secret

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 once the update is kept; Telegram sends it again after any other answer."""
    mam = settings.MAM
    if not mam.telegram_token or not mam.public_url:
        raise Http404
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), webhook_secret().encode()):
        return HttpResponse(status=403)
    try:
        update = json.loads(request.body)
    except ValueError:
        return HttpResponse(status=400)
    take_in(update)
    return HttpResponse(status=200)
