"""Hooks the library into Wagtail: menus, the list of unanswered questions, a warning on the first
page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from bot.programme.admin.newer import newer
from bot.programme.admin.unanswered import UnansweredView
from bot.programme.admin.viewsets import LibraryGroup
from bot.programme.models import Article, EmergencyCard, UnansweredQuestion
from bot.programme.reading import unreviewed_articles

register_snippet(LibraryGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("chua-tra-loi/", UnansweredView.as_view(), name="unanswered"),
        path(
            "chua-tra-loi/ket-qua/",
            UnansweredView.as_view(results_only=True),
            name="unanswered_results",
        ),
        path("ban-moi/<slug:kind>/<int:pk>/", newer, name="newer_shipped"),
    ]


class UnansweredItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("programme.view_unansweredquestion"))


@hooks.register("register_admin_menu_item")
def unanswered_item() -> MenuItem:
    return UnansweredItem("Chưa trả lời được", reverse("unanswered"), icon_name="help", order=110)


class StatePanel(Component):
    """What a trainer should know first: what waits for review, for an answer, for a decision."""

    order = 10

    def render_html(self, parent_context: Any = None) -> SafeString:
        waiting = [
            (kind, row)
            for kind, model in (("article", Article), ("card", EmergencyCard))
            for row in model.objects.exclude(newer_shipped_text="")[:50]
        ]
        context = {
            "unreviewed": unreviewed_articles(),
            "unanswered": UnansweredQuestion.objects.count(),
            "waiting": waiting,
        }
        return SafeString(render_to_string("programme/state_panel.html", context))


@hooks.register("construct_homepage_panels")
def homepage_panels(_request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [StatePanel()]
