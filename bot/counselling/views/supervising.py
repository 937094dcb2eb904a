"""What the supervisors' pages share: who may come in, and which team they look at."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bot.counselling.board import teams_for
from bot.counselling.views.common import View, user_of
from bot.staff.models import Team


def supervises(view: View) -> View:
    """For supervisors and admins alone, reading."""
    return may_supervise(require_safe(view))


def may_supervise(view: View) -> View:
    return never_cache(
        login_required(permission_required("counselling.supervise", raise_exception=True)(view))
    )


def chosen_team(request: HttpRequest) -> tuple[list[Team], Team | None]:
    """The teams to choose from, and the one that was chosen; a team of others counts as none."""
    teams = teams_for(user_of(request))
    asked = (request.POST if request.method == "POST" else request.GET).get("team", "")
    return teams, next((team for team in teams if str(team.pk) == asked), None)
