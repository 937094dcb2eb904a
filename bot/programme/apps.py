"""Registers the app, and keeps the search index in step with what is saved."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class ProgrammeConfig(AppConfig):
    name = "bot.programme"
    verbose_name = "Thư viện"

    def ready(self) -> None:
        from bot.programme.models import Article, EmergencyCard

        post_save.connect(_article_saved, sender=Article)
        post_delete.connect(_library_changed, sender=Article)
        post_save.connect(_library_changed, sender=EmergencyCard)
        post_delete.connect(_library_changed, sender=EmergencyCard)


def _article_saved(instance: Any, update_fields: Any = None, **_: Any) -> None:
    from bot.programme.services import reindex

    # A draft is saved as a revision with a few fields of the row: what is published stays as it is.
    if update_fields is None:
        reindex(instance)


def _library_changed(update_fields: Any = None, **_: Any) -> None:
    from bot.programme.services.importing import bump_version

    if update_fields is None:
        bump_version()
