"""Writes on a family: consent, children, export, erasure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bot.families.models import Child, Family, SavedArticle
from bot.families.registry import erasers, exporters
from bot.nlu.ages import birth_date_for_age


@transaction.atomic
def give_consent(family: Family, choice: str) -> None:
    """Records the answer to the notice: agreed or ask_only. Raises ValueError for anything else."""
    if choice not in {Family.Consent.AGREED, Family.Consent.ASK_ONLY}:
        raise ValueError(choice)
    family.consent, family.consent_at = Family.Consent(choice), timezone.now()
    family.save(update_fields=["consent", "consent_at"])


@transaction.atomic
def notice_shown(family: Family) -> None:
    """The first message with its two buttons went out."""
    family.notice_at = timezone.now()
    if family.consent == Family.Consent.UNKNOWN:
        family.consent = Family.Consent.ASKED
    family.save(update_fields=["consent", "notice_at"])


@transaction.atomic
def remember_age(family: Family, months: int, *, child_id: int | None = None) -> Child:
    """Keeps an age in completed months for the child named, else for the only one, else for a new
    one.
    """
    children = list(family.children.all())
    child = next((c for c in children if c.pk == child_id), None) or (
        children[0] if len(children) == 1 else None
    )
    child = child or Child(family=family)
    if child.age_months() != months:
        child.birth_date = birth_date_for_age(months, timezone.localdate())
        child.is_birth_date_estimated = True
        child.save()
    return child


@transaction.atomic
def save_child(
    family: Family,
    *,
    birth_date: date | None,
    is_estimated: bool,
    weeks_early: int,
    sex: str,
    nickname: str,
) -> Child:
    """Adds a child, or completes the only one whose birth date is an estimate or missing."""
    children = list(family.children.all())
    child = (
        children[0]
        if len(children) == 1
        and (children[0].is_birth_date_estimated or children[0].birth_date is None)
        else Child(family=family)
    )
    child.birth_date, child.is_birth_date_estimated = birth_date, is_estimated
    child.weeks_early, child.sex, child.nickname = weeks_early, sex, nickname[:40]
    child.save()
    return child


@transaction.atomic
def remember_pregnancy(family: Family) -> None:
    """Keeps that a child is on its way."""
    family.is_pregnant = True
    family.save(update_fields=["is_pregnant"])


@transaction.atomic
def save_article(family: Family, slug: str) -> None:
    """Puts an article aside; again is no second time."""
    SavedArticle.objects.update_or_create(
        family=family, slug=slug, defaults={"saved_at": timezone.now()}
    )


@transaction.atomic
def set_wants_messages(family: Family, wants: bool) -> None:
    """Whether Mầm may write first (/dung, /start)."""
    family.wants_messages = wants
    family.save(update_fields=["wants_messages"])


@transaction.atomic
def erase_family(family: Family) -> None:
    """Removes everything of a family; counts and the history of cases stay without content."""
    for erase in erasers():
        erase(family)
    family.delete()


def export_family(family: Family) -> dict[str, Any]:
    """Everything that is kept of a family, as plain data for a file."""
    return {
        "family": family.pk,
        "consent": family.consent,
        "consent_at": family.consent_at,
        "created_at": family.created_at,
        "is_pregnant": family.is_pregnant,
        "children": list(
            family.children.values(
                "nickname", "birth_date", "is_birth_date_estimated", "weeks_early", "sex"
            )
        ),
        "saved_articles": list(family.saved.values("slug", "saved_at")),
        **{name: export(family) for name, export in exporters().items()},
    }
