"""Small things that the page of a case asks for while somebody works: drafts, who is looking, labels,
checklist, marks, articles, suggestions.
"""  # noqa: E501

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.counselling import services
from bot.counselling.checklists import checklists
from bot.counselling.errors import CounsellingError
from bot.counselling.forms import ArticleForm, DraftForm, LabelForm, reply_key
from bot.counselling.models import Mark
from bot.counselling.queries import replies_sent
from bot.counselling.views.common import INVALID, acts, case_of, reads, user_of
from bot.messaging.models import InboundMessage

DONE = 204


@acts("counselling.change_case")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed. Answers without content."""
    case, form = case_of(request, pk), DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=INVALID)
    services.save_draft(case, form.cleaned_data["text"], by=user_of(request))
    return HttpResponse(status=DONE)


@acts("counselling.view_case")
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that the case is open here, and with `typing` that a reply is typed."""
    case = case_of(request, pk)
    services.touch_presence(case, by=user_of(request), is_typing="typing" in request.POST)
    return HttpResponse(status=DONE)


@acts("counselling.change_case")
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """`on` puts a label on, `off` takes it off."""
    case, form = case_of(request, pk), LabelForm(request.POST)
    if form.is_valid():
        for name, is_on in ((form.cleaned_data["on"], True), (form.cleaned_data["off"], False)):
            if name:
                services.set_label(case, name, by=user_of(request), is_on=is_on)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """`item` is done, `undo` is not."""
    case = case_of(request, pk)
    points = {point.item for point in checklists().get(case.reason, ())}
    for field, is_done in (("item", True), ("undo", False)):
        if request.POST.get(field) in points:
            services.set_check(case, request.POST[field], by=user_of(request), is_done=is_done)
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """`mark` is `kind:inbound`: what of which message was wrong."""
    case = case_of(request, pk)
    kind, _, number = request.POST.get("mark", "").partition(":")
    if kind in Mark.Kind.values and number.isdecimal():
        row = get_object_or_404(InboundMessage, pk=number, conversation=case.conversation_id)
        services.mark_wrong(case, kind, row, by=user_of(request))
    return redirect("counselling:case", pk=pk)


@acts("counselling.change_case")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    form = ArticleForm({"slug": request.POST.get("slug"), "key": request.GET.get("key")})
    if form.is_valid():
        try:
            services.send_article(case, **form.cleaned_data, by=user_of(request))
        except CounsellingError as error:
            messages.warning(request, error.user_message)
    return redirect("counselling:case", pk=pk)


@reads
def suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetched once the page is there: searching must not slow it."""
    # Here, not above: it brings spaCy and the encoder, and the console starts without them.
    from bot.counselling.suggestions import past_replies, question_of, suggested_articles

    case, user = case_of(request, pk), user_of(request)
    question = question_of(case)
    context = {
        "case": case,
        "articles": suggested_articles(case, question),
        "replies": past_replies(case, question, user),
        "is_mine": case.assignee_id == user.pk,
        "key": reply_key(case, user, replies_sent(case, user)),
    }
    return render(request, "counselling/_suggestions.html", context)
