"""Library rows to plain file contents and back. Nothing is decided here, and nothing is saved but
by `write_row`.
"""

from __future__ import annotations

from typing import Any

from bot.programme.files import DOCTOR, DONT, MEANWHILE, MORE, ContentFile
from bot.programme.models import (
    AgeVariant,
    Article,
    ArticleSource,
    CardSource,
    EmergencyCard,
    Source,
)


def to_file(row: Article | EmergencyCard) -> ContentFile:
    """The row as a file's content."""
    head: dict[str, Any] = {
        "slug": row.slug,
        "title": row.title,
        "topics": [topic.strip() for topic in row.topics.split(",") if topic.strip()],
        "sources": [source.key for source in row.source_list()],
        "live": row.live,
        "note": row.note or None,
        "review": {
            "state": row.review_state,
            "by": row.reviewed_by or None,
            "on": row.reviewed_on,
            "again": row.review_again,
        },
        "valid": [row.valid_from, row.valid_to] if row.has_validity else None,
    }
    if isinstance(row, EmergencyCard):
        head |= {"danger": row.danger, "signs": row.sign_list()}
        return ContentFile(head, _kept({"": row.body, DONT: row.dont, MEANWHILE: row.meanwhile}))
    head |= {
        "domain": row.domain,
        "ages": [] if row.age_from is None else [row.age_from, row.age_to],
        "pregnancy": row.pregnancy,
        "questions": row.question_list(),
        "related": row.related_slugs(),
        "counsellor": row.offers_counsellor,
    }
    parts = {"": row.first, MORE: row.more, DOCTOR: row.doctor}
    for variant in row.variants.all():
        parts[f"Theo tuổi: {variant.age_from}-{variant.age_to}"] = variant.text
    return ContentFile(head, _kept(parts))


def write_row(
    row: Article | EmergencyCard, content: ContentFile, sources: dict[str, Source]
) -> None:
    """Fills and saves the row, published when the file says `live`. Raises KeyError for an unknown
    source.
    """
    head = content.head
    row.slug, row.title = head["slug"], head["title"]
    row.topics = ", ".join(head["topics"])
    row.note = head["note"] or ""
    review = head["review"]
    row.review_state, row.reviewed_by = review["state"], review["by"] or ""
    row.reviewed_on, row.review_again = review["on"], review["again"]
    row.has_validity = head["valid"] is not None
    row.valid_from, row.valid_to = head["valid"] or (None, None)
    row.live = bool(head["live"])
    links = [sources[key] for key in head["sources"]]
    if isinstance(row, EmergencyCard):
        row.danger, row.signs = head["danger"], ", ".join(head["signs"])
        row.body, row.dont, row.meanwhile = (
            content.parts.get(name, "") for name in ("", DONT, MEANWHILE)
        )
        row.source_links = [
            CardSource(source=source, sort_order=i) for i, source in enumerate(links)
        ]
    else:
        row.domain = head["domain"]
        row.age_from, row.age_to = head["ages"] or (None, None)
        row.pregnancy, row.offers_counsellor = head["pregnancy"], head["counsellor"]
        row.questions = "\n".join(head["questions"])
        row.related = "\n".join(head["related"])
        row.first, row.more, row.doctor = (
            content.parts.get(name, "") for name in ("", MORE, DOCTOR)
        )
        row.variants = [
            AgeVariant(age_from=start, age_to=end, text=text, sort_order=i)
            for i, (start, end, text) in enumerate(content.variants())
        ]
        row.source_links = [
            ArticleSource(source=source, sort_order=i) for i, source in enumerate(links)
        ]
    # A draft that a trainer left is older than what is written now.
    row.latest_revision = row.live_revision = None
    row.has_unpublished_changes = False
    row.save()


def _kept(parts: dict[str, str]) -> dict[str, str]:
    """Line ends as files have them (a form sends CR LF); empty parts left out."""
    clean = {name: text.replace("\r\n", "\n").strip("\n") for name, text in parts.items()}
    return {name: text for name, text in clean.items() if text or name == ""}
