"""The supervisor's figures by week and stretch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.counselling import charts
from bot.counselling.figures import figures_of
from bot.counselling.forms_supervising import StretchForm
from bot.counselling.views.common import INVALID, user_of
from bot.counselling.views.supervising import chosen_team, supervises


@supervises
def figures_page(request: HttpRequest) -> HttpResponse:
    teams, team = chosen_team(request)
    form = StretchForm(request.GET)
    context: dict[str, Any] = {"teams": teams, "team": team, "form": form, "page": "figures"}
    if not form.is_valid():
        return render(request, "counselling/figures.html", context, status=INVALID)
    found = figures_of(user_of(request), form.stretch(), team)
    context |= {
        "figures": found,
        "stretch": form.stretch(),
        "columns": charts.columns(found.weeks),
        "heat": charts.heat(found.hours),
        "by_hour": list(enumerate(zip(*found.hours, strict=True))),
        "groups": [
            charts.Group("reasons", charts.bars(found.reasons)),
            charts.Group("topics", charts.bars(found.topics)),
            charts.Group("referrals", charts.bars(found.referrals)),
        ],
    }
    return render(request, "counselling/figures.html", context)
