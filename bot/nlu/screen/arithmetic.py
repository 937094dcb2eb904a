"""Rules that count: age against temperature, and how long an illness has lasted.

Thresholds: SAFETY.md (under 3 months ≥ 38.0 °C, < 35.5 °C, or who stops feeding); see_doctor_soon
by WHO IMCI's follow-up days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.entities import Entity, numbers
from bot.nlu.screen.alert import MEDICAL
from bot.nlu.screen.scopes import takes_back

INFANT_FEVER_DAYS = 91.0
FEVER_C = 38.0
LOW_C = 35.5
LONG_FEVER_DAYS = 3.0
LONG_COUGH_DAYS = 14.0
LONG_DIARRHOEA_DAYS = 4.0
_FEVER = re.compile(
    r"\bsot\b(?! (?:ruot|dat|gia|ve|sang (?!ngay)|xuat huyet la|ke))"
    r"|\bnong (?:sot|dau|ran)\b|\bham hap\b"
)
# The mother who has just given birth, not the child.
_SINCE = re.compile(r"\s*(?:xong|mo|em|thuong|duoc|be|con|chau|nen|ma)\b")
# Told without a number: within four weeks of birth (WHO).
_NEWBORN, NEWBORN_DAYS = (
    re.compile(r"\b(?:tre|be|con|chau|em be) (?:\w+ )?so sinh\b|\bmoi (?:sinh|sanh|de)\b"),
    28.0,
)
# A young infant who stops feeding; not one who only wants no bottle, or one side.
_FEEDS_NOT = re.compile(
    r"\bbo (?:han |ca )?(?:bu|ti)\b(?! (?:binh|me|dem|sua|ngoai))"
    r"|\b(?:khong|chang|cha|hong|khon) (?:chiu|them|he) (?:bu|ti)\b"
    r"(?! (?:binh|me|ben|dem|sua|num|gia|ngoai|du|lau|nhieu|khi|neu))"
    r"|\b(?:\d+|muoi \w+) (?:h|gio|tieng) (?:\w+ ){0,2}(?:chua|khong) (?:chiu )?(?:bu|ti)\b"
)
CANNOT_DRINK = "cannot_drink"
_AFTER_VACCINE = re.compile(r"\b(?:tiem|chich|mui 5|mui 6|vac xin|vaccine)\b")


@dataclass(frozen=True)
class Counted:
    """A sign that follows from numbers."""

    sign: str
    label: str
    words: tuple[str, ...]


def count(text: str, plain: str, *, child_months: int | None) -> list[Counted]:
    """Signs that follow from the numbers of a message; `plain` is the folded text."""
    entities = numbers(text)
    days = next((entity.days for entity in entities if entity.kind == "age"), None)
    if days is None and child_months is not None:
        days = child_months * 30.4375
    newborn = _NEWBORN.search(plain) if days is None else None
    if newborn and not _SINCE.match(plain, newborn.end()) and not _AFTER_VACCINE.search(plain):
        days = NEWBORN_DAYS
    temperatures = [entity for entity in entities if entity.kind == "temperature"]
    fever = _FEVER.search(plain)
    has_fever = bool(fever and not takes_back(_before(text, plain, fever)))
    high = max((entity.value for entity in temperatures), default=None)
    low = min((entity.value for entity in temperatures), default=None)
    words = tuple(entity.text for entity in temperatures) or _as_typed(text, plain, fever)
    found: list[Counted] = []
    if days is not None and days < INFANT_FEVER_DAYS:
        if (high is not None and high >= FEVER_C) or (has_fever and high is None):
            found.append(Counted("young_infant_fever", MEDICAL, words))
        if low is not None and low < LOW_C:
            found.append(Counted("hypothermia", MEDICAL, words))
        if (refused := _FEEDS_NOT.search(plain)) and not takes_back(_before(text, plain, refused)):
            words = _as_typed(text, plain, refused)
            found.append(Counted(CANNOT_DRINK, MEDICAL, words))
    return found + _long_illness(entities, plain, has_fever)


def refusals_to_feed(plain: str) -> list[tuple[int, int]]:
    """Where a folded line says that somebody does not feed: places of first and last letter."""
    return [match.span() for match in _FEEDS_NOT.finditer(plain)]


def _before(text: str, plain: str, match: re.Match[str]) -> str:
    """What was typed before what was found without marks."""
    return (text if len(text) == len(plain) else plain)[: match.start()].lower()


def _as_typed(text: str, plain: str, match: re.Match[str] | None) -> tuple[str, ...]:
    """The typed words that were found without marks; nothing for nothing."""
    if match is None:
        return ()
    return ((text if len(text) == len(plain) else plain)[slice(*match.span())],)


def _long_illness(entities: list[Entity], plain: str, has_fever: bool) -> list[Counted]:
    found = []
    for entity in entities:
        if entity.kind != "duration":
            continue
        near = plain[max(0, entity.start - 40) : entity.end + 15]
        lasting = (
            (has_fever and "sot" in near and entity.value >= LONG_FEVER_DAYS)
            or (re.search(r"\bho\b", near) and entity.value >= LONG_COUGH_DAYS)
            or (
                re.search(r"tieu chay|ia chay|di ngoai long", near)
                and entity.value >= LONG_DIARRHOEA_DAYS
            )
        )
        if lasting and not _AFTER_VACCINE.search(near):
            found.append(Counted("long_illness", "see_doctor_soon", (entity.text,)))
    return found
