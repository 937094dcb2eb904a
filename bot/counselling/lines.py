"""The conversation of a case as its page shows it: one line a message. Never writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.counselling.masking import masked, sees_whole
from bot.counselling.models import Case
from bot.counselling.nicknames import nicknames_of, without_nicknames
from bot.counselling.wording import Piece, marked_pieces
from bot.messaging.models import Button, InboundMessage, OutboundMessage
from bot.programme.models import Article
from bot.staff.cells import upright

LINES_SHOWN = 80
# Whose words may tell who a family is; the assistant's are the library's.
PERSONS = {"parent", OutboundMessage.Author.COUNSELLOR}
LABELS = dict(Case.Reason.choices)


@dataclass(frozen=True)
class Line:
    """One message of the conversation. `who`: parent, or an author of OutboundMessage."""

    key: str
    who: str
    at: datetime
    text: str
    # What raised the alarm, as it was typed.
    words: tuple[str, ...] = ()
    kind: str = ""
    is_button: bool = False
    is_edited: bool = False
    before_edit: str = ""
    staff: str = ""
    delivery: str = ""
    delivery_text: str = ""
    sent_at: datetime | None = None
    is_doubtful: bool = False
    buttons: tuple[str, ...] = ()
    # What the danger screen said, and the article that was given to it.
    label: str = ""
    is_urgent: bool = False
    article: str = ""
    place: str = ""
    # Words of the parent, or of a counsellor who may repeat them, with who and where taken out.
    is_masked: bool = False
    # photo, voice, video, document: what can be fetched under `inbound`.
    file: str = ""
    inbound: int | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text, with what raised the alarm marked."""
        return marked_pieces(self.text, self.words)


def conversation_lines(
    case: Case, *, viewer: Any, is_whole: bool = False, is_unmasked: bool = False
) -> tuple[list[Line], bool]:
    """The chat, oldest first, and whether older lines were left out. Who does not hold the case
    reads it masked, unless `is_unmasked` (which the caller has recorded).
    """
    if case.conversation_id is None:
        return [], False
    received = InboundMessage.objects.filter(conversation=case.conversation_id).order_by("-pk")
    sent = (
        OutboundMessage.objects.filter(conversation=case.conversation_id)
        .order_by("-pk")
        .select_related("staff")
    )
    if not is_whole:
        received, sent = received[: LINES_SHOWN + 1], sent[: LINES_SHOWN + 1]
    rows = list(received)
    titles, articles = _button_titles(case, rows), _article_titles(rows)
    lines = [_of_inbound(row, titles, articles) for row in rows]
    lines += [_of_outbound(row) for row in sent]
    lines.sort(key=lambda line: (line.at, line.who != "parent", line.key))
    is_cut = not is_whole and len(lines) > LINES_SHOWN
    if is_cut:
        lines = lines[-LINES_SHOWN:]
    return lines if is_unmasked or sees_whole(case, viewer) else _masked(case, lines), is_cut


def _masked(case: Case, lines: list[Line]) -> list[Line]:
    called = nicknames_of(case.family)
    texts = masked({line.key: line.text for line in lines if line.who in PERSONS}, called)
    before = masked({line.key: line.before_edit for line in lines if line.before_edit}, called)
    # The assistant asks by a button which child is meant.
    buttons = {
        line.key: tuple(without_nicknames(title, called) for title in line.buttons)
        for line in lines
    }
    return [
        replace(
            line,
            text=texts[line.key],
            before_edit=before.get(line.key, ""),
            place="",
            buttons=tuple(masked({title: title for title in buttons[line.key]}).values()),
            is_masked=texts[line.key] != line.text or bool(line.place),
        )
        if line.key in texts
        else replace(line, buttons=buttons[line.key])
        for line in lines
    ]


def answer_of(row: InboundMessage) -> str:
    """The slug of the article that was given as the answer to a message; empty without one."""
    return str((row.result.get("answer") or {}).get("slug") or "")


def _button_titles(case: Case, rows: list[InboundMessage]) -> dict[str, str]:
    tokens = [row.detail.get("token", "") for row in rows if row.kind == InboundMessage.Kind.BUTTON]
    found = Button.objects.filter(conversation=case.conversation_id, token__in=tokens)
    return dict(found.values_list("token", "title"))


def _article_titles(rows: list[InboundMessage]) -> dict[str, str]:
    slugs = {slug for row in rows if (slug := answer_of(row))}
    return dict(Article.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _of_inbound(row: InboundMessage, titles: dict[str, str], articles: dict[str, str]) -> Line:
    alert = row.alert or {}
    text = row.text
    if row.kind == InboundMessage.Kind.BUTTON:
        text = titles.get(row.detail.get("token", ""), "")
    place = ""
    if (
        row.kind == InboundMessage.Kind.LOCATION
        and "latitude" in row.detail
        and "longitude" in row.detail
    ):
        place = f"{row.detail['latitude']}, {row.detail['longitude']}"
    if row.kind == InboundMessage.Kind.CONTACT:
        place = f"{row.detail.get('name', '')} {row.detail.get('phone', '')}".strip()
    if row.kind == InboundMessage.Kind.STICKER:
        text = row.detail.get("emoji", "")
    slug = answer_of(row)
    return Line(
        key=f"i{row.pk}",
        who="parent",
        at=row.received_at,
        text=upright(text),
        words=tuple(alert.get("words", ())),
        kind="" if row.kind == InboundMessage.Kind.TEXT else row.get_kind_display(),
        is_button=row.kind == InboundMessage.Kind.BUTTON,
        is_edited=row.kind == InboundMessage.Kind.EDITED or "before_edit" in row.detail,
        before_edit=upright(str(row.detail.get("before_edit", ""))),
        label=LABELS.get(alert.get("label", ""), ""),
        is_urgent=bool(alert.get("urgent")),
        article=articles.get(slug, slug),
        place=place,
        file=row.kind if row.detail.get("file_id") else "",
        inbound=row.pk,
    )


def _of_outbound(row: OutboundMessage) -> Line:
    return Line(
        key=f"o{row.pk}",
        who=row.author,
        at=row.created_at,
        text=row.text,
        kind=(row.attachment or {}).get("name", ""),
        staff=row.staff.get_full_name() or row.staff.username if row.staff else "",
        delivery=row.state,
        delivery_text=row.get_state_display(),
        sent_at=row.sent_at,
        is_doubtful=row.doubtful_attempts > 0,
        buttons=tuple(button.get("title", "") for button in row.buttons),
    )
