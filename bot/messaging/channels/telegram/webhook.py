"""Telegram's webhook: checked by its secret header, kept as a row, then acknowledged."""

from __future__ import annotations

import hashlib
import hmac
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


def webhook_secret() -> str:
    """What Telegram sends back in its secret header; the same in every process that knows the key."""  # noqa: E501
    mam = settings.MAM
    key, token = mam.secret_key.encode(), (mam.telegram_token or "").encode()
    return hmac.new(key, b"telegram-webhook:" + token, hashlib.sha256).hexdigest()


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
    # Here, not above: Telegram's library takes a second, and a web server that comes back has none
    # to spare.
    from bot.messaging.channels.telegram.intake import take_in

    take_in(update)
    return HttpResponse(status=200)
