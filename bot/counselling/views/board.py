"""The supervisor's board of today."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from bot.counselling.board import board_of
from bot.counselling.views.common import user_of
from bot.counselling.views.supervising import chosen_team, supervises


@supervises
def board_page(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/board.html", _board(request))


@supervises
def board_live(request: HttpRequest) -> HttpResponse:
    """The board anew, or 304 while it would look as it did."""
    page = render_to_string("counselling/_board.html", _board(request), request)
    version = f'"{hashlib.sha256(page.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == version:
        return HttpResponse(status=304)
    return HttpResponse(page, headers={"ETag": version})


def _board(request: HttpRequest) -> dict[str, Any]:
    teams, team = chosen_team(request)
    now = timezone.now()
    return {
        "board": board_of(user_of(request), now, team),
        "teams": teams,
        "team": team,
        "page": "board",
    }
