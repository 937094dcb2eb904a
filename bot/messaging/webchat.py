"""The web chat: one light page, messages by POST, answers by server-sent events.

A visitor is known by a random cookie alone; the conversation's address is its hash.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST
from django_ratelimit.core import is_ratelimited

from bot.families.services import erase_family
from bot.messaging.links import linked_article
from bot.messaging.models import Channel, Conversation, InboundMessage, OutboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import receive
from bot.programme.models import Article

COOKIE = "mam_chat"
COOKIE_AGE_S = 365 * 24 * 3600
KEY = re.compile(r"^[\w-]{40,60}$")
MESSAGE_ID = re.compile(r"^[\w-]{8,64}$")
SHOWN = 60
LOOK_EVERY_S = 0.25
STREAM_FOR_S = 120
MAX_CHARACTERS = 2000
# Set by the page when it is left in a hurry: what was said stays covered until it is asked for.
LEFT_COOKIE = "mam_left"


@never_cache
@ensure_csrf_cookie
@require_GET
def chat_page(request: HttpRequest) -> HttpResponse:
    """The chat with what was said so far; a reload keeps the conversation."""
    key = _key(request)
    conversation = _conversation(key) if key else None
    lines, last_in, last_out = _lines(conversation, 0, 0)
    is_covered = LEFT_COOKIE in request.COOKIES
    context = {
        "lines": [] if is_covered else lines[-SHOWN:],
        "is_covered": is_covered,
        "last": f"{last_in}-{last_out}",
        "organisation": settings.MAM.organisation,
        "article": _asked_article(request),
    }
    response = render(request, "messaging/chat.html", context)
    if not key:
        response.set_cookie(
            COOKIE,
            secrets.token_urlsafe(32),
            max_age=COOKIE_AGE_S,
            httponly=True,
            samesite="Lax",
            secure=settings.MAM.is_public_https,
        )
    return response


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Keeps one message: {"id", "text"} or {"id", "token"}. 429 when too many come from one
    address.
    """
    key = _key(request)
    try:
        body = json.loads(request.body)
        message_id, text, token = (
            str(body["id"]),
            str(body.get("text", "")).strip(),
            str(body.get("token", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": "form"}, status=400)
    if (
        not key
        or not MESSAGE_ID.match(message_id)
        or not (text or token)
        or len(text) > MAX_CHARACTERS
    ):
        return JsonResponse({"error": "form"}, status=400)
    address = _address(key)
    is_new = not Conversation.objects.filter(channel=Channel.WEBCHAT, address=address).exists()
    if _is_flooding(request, is_new=is_new):
        return JsonResponse({"error": "slow", "text": reply("utter_slow_down").text}, status=429)
    kind = InboundMessage.Kind.BUTTON if token else InboundMessage.Kind.TEXT
    detail = {"token": token} if token else {}
    row = receive(
        Channel.WEBCHAT, address, external_id=message_id, kind=kind, text=text, detail=detail
    )
    return JsonResponse({"kept": True, "is_new": row is not None})


@require_GET
async def stream(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events of the conversation after the last seen rows ("<inbound>-<outbound>")."""
    key = _key(request)
    if not key:
        return HttpResponse(status=204)
    seen = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    match = re.fullmatch(r"(\d{1,18})-(\d{1,18})", seen)
    last_in, last_out = (int(match[1]), int(match[2])) if match else (0, 0)
    response = StreamingHttpResponse(
        _events(key, last_in, last_out), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Ends the chat and erases it, for a phone that is shared."""
    key = _key(request)
    conversation = _conversation(key) if key else None
    if conversation is not None and conversation.family is not None:
        erase_family(conversation.family)
    response = HttpResponse(status=204)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file that was sent to this very visitor."""
    key = _key(request)
    conversation = _conversation(key) if key else None
    row = (
        OutboundMessage.objects.filter(pk=pk, conversation=conversation).first()
        if conversation
        else None
    )
    if row is None or "path" not in (row.attachment or {}):
        raise Http404
    assert row.attachment  # noqa: S101
    path = Path(settings.MAM.data_dir) / row.attachment["path"]
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.attachment["name"])


@require_GET
def privacy_page(request: HttpRequest) -> HttpResponse:
    """Who runs this, what is kept, how to erase."""
    mam = settings.MAM
    context = {"organisation": mam.organisation, "contact": mam.contact, "days": mam.retention_days}
    return render(request, "messaging/privacy.html", context)


async def _events(key: str, last_in: int, last_out: int) -> AsyncIterator[str]:
    """Lines as they come, and the typing sign; the browser connects again after two minutes."""
    typing = False
    yield "retry: 1000\n\n"
    for _ in range(int(STREAM_FOR_S / LOOK_EVERY_S)):
        lines, last_in, last_out, now_typing = await sync_to_async(_news)(key, last_in, last_out)
        for line in lines:
            yield f"id: {last_in}-{last_out}\ndata: {json.dumps(line, ensure_ascii=False)}\n\n"
        if now_typing != typing:
            typing = now_typing
            yield f"event: typing\ndata: {json.dumps(typing)}\n\n"
        await asyncio.sleep(LOOK_EVERY_S)


def _news(key: str, last_in: int, last_out: int) -> tuple[list[dict[str, Any]], int, int, bool]:
    conversation = _conversation(key)
    if conversation is None:
        return [], last_in, last_out, False
    lines, last_in, last_out = _lines(conversation, last_in, last_out)
    waiting = InboundMessage.objects.filter(
        conversation=conversation, state=InboundMessage.State.NEW
    ).exists()
    until = conversation.typing_until
    is_typing = waiting or (until is not None and until > timezone.now())
    return lines, last_in, last_out, is_typing


def _lines(
    conversation: Conversation | None, last_in: int, last_out: int
) -> tuple[list[dict[str, Any]], int, int]:
    """What was said after these rows, in order, and the last rows."""
    if conversation is None:
        return [], last_in, last_out
    received = list(conversation.inbound.filter(pk__gt=last_in).order_by("-pk")[:SHOWN])
    sent = list(conversation.outbound.filter(pk__gt=last_out).order_by("-pk")[:SHOWN])
    lines: list[dict[str, Any]] = [
        {"id": row.external_id, "who": "me", "text": _said(row), "at": row.received_at}
        for row in received
    ]
    lines += [
        {
            "id": f"o{row.pk}",
            "who": row.author,
            "text": row.text,
            "at": row.created_at,
            "buttons": row.buttons,
            **_attached(row),
        }
        for row in sent
    ]
    lines.sort(key=lambda line: line["at"])
    for line in lines:
        line["at"] = line["at"].isoformat()
    return lines, max([last_in, *(r.pk for r in received)]), max([last_out, *(r.pk for r in sent)])


def _asked_article(request: HttpRequest) -> Article | None:
    """The article of a link that somebody passed on ("/?bai=<slug>")."""
    slug = request.GET.get("bai", "")
    return Article.shown().filter(slug=slug).first() if slug else None


def _attached(row: OutboundMessage) -> dict[str, Any]:
    """A picture of the library with what it shows in words, or the number of a file."""
    if row.attachment and "picture" in row.attachment:
        url = reverse("programme:picture", args=[row.attachment["picture"]])
        return {"picture": {"url": url, "alt": row.attachment["alt"]}}
    return {"file": row.pk if row.attachment else None}


def _said(row: InboundMessage) -> str:
    """What the parent sees of an own message; a link is told by the article's title."""
    if slug := linked_article(row.text):
        article = Article.objects.filter(slug=slug).first()
        return f"Xem bài: {article.title}" if article else "Xem bài"
    return row.text or _title(row)


def _title(row: InboundMessage) -> str:
    from bot.messaging.services import resolve_button

    button = resolve_button(row.conversation, row.detail.get("token", ""))
    return button.title if button else ""


def _key(request: HttpRequest) -> str | None:
    key = request.COOKIES.get(COOKIE, "")
    return key if KEY.match(key) else None


def _address(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:48]


def _conversation(key: str) -> Conversation | None:
    found = Conversation.objects.select_related("family")
    return found.filter(channel=Channel.WEBCHAT, address=_address(key)).first()


def _is_flooding(request: HttpRequest, *, is_new: bool) -> bool:
    """60 messages a minute and 30 new conversations an hour from one network address."""
    limits = [("webchat-messages", "60/m")] + ([("webchat-new", "30/h")] if is_new else [])
    return any(
        is_ratelimited(request, group=group, key="ip", rate=rate, increment=True)
        for group, rate in limits
    )
