"""The emergency card of an alert. Keeps the last good copy in a file, for when the database does
not answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError

from bot.programme.hotlines import fill_hotlines
from bot.programme.models import EmergencyCard

DEFAULT_CARD = {
    "medical_emergency": "cap-cuu-chung",
    "child_abuse": "tre-bi-hanh-ha",
    "domestic_violence": "bao-luc-gia-dinh",
    "self_harm": "tu-hai",
}
# Where one message shows several signs: what kills first goes first.
FIRST = (
    *(
        "not_breathing",
        "choking_infant",
        "choking_child",
        "drowning",
        "electric_shock",
        "severe_bleeding",
    ),
    *(
        "anaphylaxis",
        "convulsion",
        "medicine_overdose",
        "poisoning",
        "caustic",
        "button_battery",
        "magnet",
    ),
    *(
        "smoke_or_carbon_monoxide",
        "snake_bite",
        "severe_burn",
        "fall_from_height",
        "head_injury",
        "young_infant_fever",
    ),
    *(
        "dengue_warning",
        "hfmd_warning",
        "meningitis_signs",
        "non_blanching_rash",
        "pregnancy_danger",
    ),
    *("postpartum_danger", "urge_to_harm_child", "psychosis", "loss_of_control", "shaken_baby"),
)

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Card:
    """Texts with numbers filled in; `dont` and `meanwhile` may be empty."""

    slug: str
    title: str
    danger: str
    signs: tuple[str, ...]
    body: str
    dont: str
    meanwhile: str


def card_for(alert: dict[str, Any]) -> Card | None:
    """The card of an urgent alert (`Alert.as_dict()`); None for labels without cards."""
    if alert["label"] not in DEFAULT_CARD:
        return None
    cards = current_cards()
    signs = sorted(
        alert.get("signs", ()), key=lambda s: FIRST.index(s) if s in FIRST else len(FIRST)
    )
    for sign in signs:
        for card in cards:
            if sign in card.signs and card.danger == alert["label"]:
                return card
    default = DEFAULT_CARD[alert["label"]]
    return next((card for card in cards if card.slug == default), None)


def titles_of(signs: Iterable[str], cards: Sequence[Card]) -> tuple[str, ...]:
    """What people call these signs: the titles of their cards, each once; a sign without one is
    left out.
    """
    found = (next((card.title for card in cards if sign in card.signs), None) for sign in signs)
    return tuple(dict.fromkeys(title for title in found if title))


def current_cards() -> list[Card]:
    """The published cards; the last good copy when the database fails or has none."""
    try:
        cards = [_card(row) for row in EmergencyCard.objects.filter(live=True)]
    except DatabaseError as error:
        logger.warning("cards_from_copy", error=type(error).__name__)
        return _last_good()
    if not cards:
        return _last_good()
    text = json.dumps([asdict(card) for card in cards], ensure_ascii=False)
    path = _copy_path()
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        temporary = path.with_suffix(".tmp")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    return cards


def _last_good() -> list[Card]:
    path = _copy_path()
    if not path.is_file():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Card(**{**row, "signs": tuple(row["signs"])}) for row in rows]


def _copy_path() -> Path:
    return Path(settings.MAM.data_dir) / "cards.json"


def _card(row: EmergencyCard) -> Card:
    texts = (
        fill_hotlines(text.replace("\r\n", "\n").strip())
        for text in (row.body, row.dont, row.meanwhile)
    )
    return Card(row.slug, row.title, row.danger, tuple(row.sign_list()), *texts)
