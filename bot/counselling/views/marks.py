"""What counsellors found wrong, for trainers. No case and no conversation is shown here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bot.counselling.models import Case, Mark
from bot.counselling.services.marks import settle_mark
from bot.programme.models import Article

SHOWN = 50
LABELS = dict(Case.Reason.choices)
MAY_SEE = permission_required("counselling.see_marks", raise_exception=True)


@never_cache
@login_required
@MAY_SEE
@require_safe
def marks_page(request: HttpRequest) -> HttpResponse:
    """Newest first; `kind` and `done` filter."""
    kind, is_done = request.GET.get("kind", ""), request.GET.get("done") == "1"
    marks = Mark.objects.filter(is_done=is_done)
    if kind in Mark.Kind.values:
        marks = marks.filter(kind=kind)
    page = Paginator(marks, SHOWN).get_page(request.GET.get("page"))
    context = {
        "rows": _rows(list(page.object_list)),
        "page": page,
        "kinds": Mark.Kind.choices,
        "kind": kind,
        "is_done": is_done,
    }
    return render(request, "counselling/marks.html", context)


@never_cache
@login_required
@MAY_SEE
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A trainer has seen to a mark, or has not after all."""
    mark = get_object_or_404(Mark, pk=pk)
    settle_mark(mark, is_done=request.POST.get("done") == "1")
    return redirect("counselling:marks")


def _rows(marks: list[Mark]) -> list[dict[str, Any]]:
    """Each mark with what was given in words, and where the article is changed."""
    slugs = [mark.was for mark in marks if mark.kind == Mark.Kind.WRONG_ARTICLE]
    articles = {article.slug: article for article in Article.objects.filter(slug__in=slugs)}
    rows = []
    for mark in marks:
        article = articles.get(mark.was) if mark.kind == Mark.Kind.WRONG_ARTICLE else None
        rows.append(
            {
                "mark": mark,
                "was": article.title if article else LABELS.get(mark.was, mark.was),
                "url": reverse("wagtailsnippets_programme_article:edit", args=[article.pk])
                if article
                else "",
            }
        )
    return rows
