"""The page of a case, and the files in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bot.counselling import queries
from bot.counselling.canned import ready_replies
from bot.counselling.checklists import checks_of
from bot.counselling.forms import (
    AssignForm,
    CloseForm,
    MoveForm,
    RaiseForm,
    RefuseForm,
    SecondReaderForm,
    SnoozeForm,
    reply_key,
)
from bot.counselling.lines import conversation_lines
from bot.counselling.masking import (
    is_unmasked,
    masked,
    may_unmask,
    notes_for,
    sees_whole,
    typed_for,
)
from bot.counselling.models import Case, Draft, Label
from bot.counselling.nicknames import nicknames_of
from bot.counselling.packet import packet_of
from bot.counselling.services import note_shown
from bot.counselling.views.common import case_of, live, reads, user_of
from bot.messaging.channels.telegram.files import NotFetched, fetch
from bot.messaging.models import InboundMessage
from bot.staff import audit
from bot.staff.audit import record_look
from bot.staff.models import AuditEvent


@reads
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_case(request, case_of(request, pk))


@reads
def case_live(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    version = queries.case_version(case, user_of(request))
    return live(request, version, "counselling/_case.html", lambda: _live_context(request, case))


@reads
def file(request: HttpRequest, pk: int, inbound: int) -> HttpResponse:
    """What the parent sent in this very case: shown when a browser can, else offered to keep."""
    case = case_of(request, pk)
    row = get_object_or_404(
        InboundMessage, pk=inbound, conversation=case.conversation_id, detail__has_key="file_id"
    )
    audit.record(AuditEvent.Action.FILE_SEEN, request=request, case_number=case.pk, message=inbound)
    try:
        content, media_type = fetch(row)
    except NotFetched:
        return HttpResponse(status=502)
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    if row.kind == InboundMessage.Kind.DOCUMENT:
        name = quote(str(row.detail.get("name") or "tep"))
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def render_case(
    request: HttpRequest, case: Case, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The whole page; `forms` are those that were filled in wrongly."""
    case.refresh_from_db()
    user = user_of(request)
    draft = Draft.objects.filter(case=case, user=user).values_list("text", flat=True).first()
    context = {
        **_live_context(request, case),
        "draft": draft or "",
        "canned": ready_replies(case, user),
        "all_labels": Label.objects.order_by("name"),
        "outcomes": CloseForm.base_fields["outcome"].choices,  # type: ignore[attr-defined]
        "assign": AssignForm(),
        "second": SecondReaderForm(case=case),
        "raising": RaiseForm(),
        "moving": MoveForm(),
        "refuse": RefuseForm(),
        "snooze": SnoozeForm(),
    }
    return render(request, "counselling/case.html", {**context, **forms}, status=status)


def _mode(case: Case, user: User) -> str:
    """What this user can do with the case: mine, free, other, closed."""
    if case.state == Case.State.CLOSED:
        return "closed"
    if case.state == Case.State.WAITING:
        return "free"
    return "mine" if case.assignee_id == user.pk else "other"


def _live_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What changes while the page is open."""
    record_look(request, case.pk)
    user = user_of(request)
    is_whole, is_bare = "whole" in request.GET, is_unmasked(request, case)
    is_masked = not is_bare and not sees_whole(case, user)
    lines, is_cut = conversation_lines(case, viewer=user, is_whole=is_whole, is_unmasked=is_bare)
    last = max((line.inbound or 0 for line in lines), default=0)
    # A page that is looked for and not read (HEAD) shows nothing.
    if last and case.assignee_id == user.pk and request.method != "HEAD":
        note_shown(case, last, by=user)
    sent, called = queries.replies_sent(case, user), nicknames_of(case.family)
    is_running = case.state not in {Case.State.CLOSED, Case.State.SNOOZED}
    return {
        "case": case,
        "age": queries.age_text(queries.child_months(case)),
        "mode": _mode(case, user),
        "due_at": queries.due_at(case) if is_running else None,
        "lines": lines,
        "has_written": bool(lines) and lines[-1].who == "parent",
        "is_cut": is_cut,
        "is_masked": is_masked,
        "may_unmask": not is_bare and may_unmask(case, user),
        "is_whole": is_whole,
        "packet": packet_of(case, user, is_masked=is_masked),
        "notes": notes_for(case, user, is_masked=is_masked),
        "summary": masked({"summary": case.summary}, called)["summary"]
        if is_masked
        else case.summary,
        "history": queries.history_of(case),
        "labels": case.labels.order_by("name"),
        "checks": checks_of(case),
        "company": [
            replace(one, draft=typed_for(one.draft, is_masked=is_masked, called=called))
            for one in queries.company_of(case, user)
        ],
        "replies_sent": sent,
        "key": reply_key(case, user, sent),
    }
