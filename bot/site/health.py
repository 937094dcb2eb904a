"""Whether the process lives, whether a message can be answered, and numbers for Prometheus.

Says nothing of families; each look at another part has a short timeout and all run side by side.
"""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView

from bot.programme.models import Article, Passage
from bot.site.environment import LOOPBACK

LOOK_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class Part:
    """`state`: ok, off, failed."""

    state: str = "ok"
    detail: str = ""


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
async def readyz(request: HttpRequest) -> HttpResponse:
    """200 when a message can be answered, else 503."""
    (database, library), (rasa, model), actions = await asyncio.gather(
        _stored(), _rasa(), _actions()
    )
    telegram, telegram_was_ready = _telegram()
    parts = {
        "database": database,
        "rasa": rasa,
        "actions": actions,
        "model": model,
        "library": library,
        "telegram": telegram,
    }
    needed = all(part.state == "ok" for name, part in parts.items() if name != "telegram")
    is_ready = needed and telegram_was_ready
    body = {"ready": is_ready, "parts": {name: asdict(part) for name, part in parts.items()}}
    return JsonResponse(body, status=200 if is_ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: for the bearer of the token, or for loopback when none is set."""
    token = settings.MAM.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        is_allowed = hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    else:
        is_allowed = request.META.get("REMOTE_ADDR") in LOOPBACK
    if not is_allowed:
        return HttpResponse(status=401 if token else 403, content_type="text/plain")
    response: HttpResponse = ExportToDjangoView(request)
    return response


async def _stored() -> tuple[Part, Part]:
    try:
        return await asyncio.wait_for(sync_to_async(_look_at_database)(), LOOK_TIMEOUT_S)
    except asyncio.TimeoutError:
        return Part("failed", "timeout"), Part("failed", "timeout")


def _look_at_database() -> tuple[Part, Part]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        articles = Article.objects.filter(live=True).count()
        has_index = Passage.objects.exists()
    except DatabaseError as error:
        failed = Part("failed", type(error).__name__)
        return failed, failed
    if not articles or not has_index:
        return Part(), Part("failed", "no live article" if not articles else "no search index")
    return Part(), Part("ok", f"{articles} articles")


async def _rasa() -> tuple[Part, Part]:
    """The server, and the model in it."""
    url, token = settings.MAM.rasa_url, settings.MAM.inner_token
    if not url:
        missing = Part("failed", "MAM_RASA_URL is not set")
        return missing, missing
    status, body = await _get(f"{url}/status", {"token": token})
    if status == HTTPStatus.OK:
        return Part(), Part() if body.get("model_file") else Part("failed", "no model loaded")
    if isinstance(status, int):
        # Rasa lives and has no model yet (409), or our token is not its own (401).
        return Part(), Part("failed", f"status {status}")
    return Part("failed", status), Part("failed", status)


async def _actions() -> Part:
    url = settings.MAM.actions_url
    if not url:
        return Part("failed", "MAM_ACTIONS_URL is not set")
    status, _ = await _get(f"{url}/health", {})
    return Part() if status == HTTPStatus.OK else Part("failed", f"status {status}")


async def _get(url: str, query: dict[str, str]) -> tuple[int | str, dict[str, Any]]:
    """The answer's code and JSON; an error's name when there was no answer."""
    # Here, not above: it brings a command line of its own, a fifth of a second of the start.
    import httpx

    try:
        async with httpx.AsyncClient(timeout=LOOK_TIMEOUT_S, trust_env=False) as client:
            answer = await client.get(url, params=query)
        body = answer.json()
    except ValueError:
        return answer.status_code, {}
    except httpx.HTTPError as error:
        return type(error).__name__, {}
    return answer.status_code, body if isinstance(body, dict) else {}


def _telegram() -> tuple[Part, bool]:
    """Its state, and whether it ever got ready: a later failure shows without making us unready.

    `telegram.ready` is written when the webhook is registered or the first poll has come back, and
    again
    with a line that names the error when a later one fails; whoever starts polling removes it
    first.
    """
    if not settings.MAM.telegram_token:
        return Part("off"), True
    try:
        failure = (settings.MAM.data_dir / "telegram.ready").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return Part("failed", "no answer from Telegram yet"), False
    return (Part() if failure in {"", "ok"} else Part("failed", failure[:200])), True
