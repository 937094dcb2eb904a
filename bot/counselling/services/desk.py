"""What is done at the desk beside talking: drafts, who is looking, labels, checklists, marks for
trainers, canned replies.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.counselling.lines import answer_of
from bot.counselling.models import (
    CannedReply,
    Case,
    CaseCheck,
    CaseEvent,
    Draft,
    Label,
    Mark,
    Presence,
)
from bot.counselling.services.records import record
from bot.messaging.models import InboundMessage
from bot.programme.services.unanswered import without_names


@transaction.atomic
def save_draft(case: Case, text: str, *, by: User) -> None:
    """Keeps what somebody has typed; nothing typed keeps nothing."""
    if not text.strip():
        Draft.objects.filter(case=case, user=by).delete()
        return
    Draft.objects.update_or_create(
        case=case, user=by, defaults={"text": text, "saved_at": timezone.now()}
    )


@transaction.atomic
def touch_presence(case: Case, *, by: User, is_typing: bool) -> None:
    """Says that somebody has the case open, and whether they type a reply."""
    now = timezone.now()
    changed: dict[str, object] = {"seen_at": now}
    if is_typing:
        changed["typed_at"] = now
    Presence.objects.update_or_create(case=case, user=by, defaults=changed)


def note_shown(case: Case, inbound: int, *, by: User) -> None:
    """Keeps up to which message of the parent somebody has been shown the case."""
    known = Presence.objects.filter(case=case, user=by)
    # Most looks show nothing new, and need not wait for whoever writes.
    if known.filter(shown__gte=inbound).exists():
        return
    with transaction.atomic():
        if not known.exclude(shown__gte=inbound).update(shown=inbound):
            Presence.objects.bulk_create(
                [Presence(case=case, user=by, shown=inbound)], ignore_conflicts=True
            )


@transaction.atomic
def set_label(case: Case, name: str, *, by: User, is_on: bool) -> None:
    """Puts a label on a case or takes it off; a name that is new makes the label."""
    name = " ".join(name.split())
    if is_on:
        label = Label.objects.filter(name__iexact=name).first()
        label = label or Label.objects.create(name=name)
    else:
        label = Label.objects.filter(name=name).first()
    if label is None or label.cases.filter(pk=case.pk).exists() == is_on:
        return
    if is_on:
        label.cases.add(case)
    else:
        label.cases.remove(case)
    record(case, CaseEvent.Kind.LABELLED, by=by, label=label.pk, is_on=is_on)


@transaction.atomic
def set_check(case: Case, item: str, *, by: User, is_done: bool) -> None:
    """Ticks a point of the checklist, or takes the tick away."""
    if is_done:
        _, changed = CaseCheck.objects.get_or_create(case=case, item=item, defaults={"by": by})
    else:
        changed = bool(CaseCheck.objects.filter(case=case, item=item).delete()[0])
    if changed:
        record(case, CaseEvent.Kind.CHECKED, by=by, item=item, is_done=is_done)


@transaction.atomic
def mark_wrong(case: Case, kind: str, row: InboundMessage, *, by: User) -> Mark | None:
    """Tells trainers that a message got the wrong label or article; None when it got none. The same
    again is the same mark.
    """
    was = (
        str((row.alert or {}).get("label") or "")
        if kind == Mark.Kind.WRONG_LABEL
        else answer_of(row)
    )
    if not was:
        return None
    mark, is_new = Mark.objects.get_or_create(
        case=case, kind=kind, was=was, question=without_names(row.text), defaults={"by": by}
    )
    if is_new:
        record(case, CaseEvent.Kind.MARKED, by=by, mark=mark.pk, was=was)
    return mark


@transaction.atomic
def save_canned(*, owner: User, title: str, text: str, reasons: list[str]) -> CannedReply:
    """A canned reply of one's own; the same title again replaces it."""
    canned, _ = CannedReply.objects.update_or_create(
        owner=owner, title=title, defaults={"text": text, "reasons": reasons}
    )
    return canned


@transaction.atomic
def delete_canned(canned: CannedReply) -> None:
    canned.delete()
