"""Many rows at once: Wagtail's indexes are brought up to date after them, not after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backend
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from bot.programme.models import Article, EmergencyCard, Source

# SQLite takes no expression of more than a thousand parts.
AT_ONCE = 200
INDEXED: tuple[type[Model], ...] = (Article, EmergencyCard, Source)


@contextmanager
def indexes_later() -> Iterator[None]:
    """Inside it a saved row is indexed for no search of the library's pages."""
    for model in INDEXED:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in INDEXED:
            post_save.connect(post_save_signal_handler, sender=model)


def index_rows(rows: Sequence[Article | EmergencyCard], sources: Sequence[Source]) -> None:
    """Puts rows into the search of the library's pages, and what they refer to."""
    backend = get_search_backend()
    for model in INDEXED:
        own = [row for row in [*rows, *sources] if isinstance(row, model)]
        for start in range(0, len(own), AT_ONCE):
            backend.add_bulk(model, own[start : start + AT_ONCE])
    for row in rows:
        ReferenceIndex.create_or_update_for_object(row)
