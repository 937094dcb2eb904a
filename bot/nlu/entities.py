"""What a message says of the child: age, temperature, duration, symptom … as values with offsets.

Offsets are into the text as typed (NFC). Ages are completed months; temperatures °C; durations
days.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.nlu.ages import completed_months
from bot.nlu.marks import fold
from bot.nlu.pipeline import vietnamese

DAYS_A_MONTH = 30.4375
UNIT_DAYS = {
    "tuoi": 365.25,
    "nam": 365.25,
    "thang": DAYS_A_MONTH,
    "tuan": 7.0,
    "ngay": 1.0,
    "gio": 1 / 24,
}
SHORT_UNITS = {
    "t": "tuoi",
    "th": "thang",
    "m": "thang",
    "tg": "thang",
    "thg": "thang",
    "tuan tuoi": "tuan",
}
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        "khong|mot|hai|ba|bon tu|nam lam|sau|bay|tam|chin|muoi|muoi mot|muoi hai".split("|")  # noqa: SIM905
    )
    for word in (words.split() if number in {4, 5} else [words])
}
_NUMBER = r"(?P<number>\d+(?:[.,]\d+)?|muoi(?: mot| hai| ba| bon| lam| tam)?|mot|hai|ba|bon|nam|sau|bay|tam|chin)"  # noqa: E501
QUANTITY = re.compile(
    rf"(?<![\w.,/]){_NUMBER}\s*(?P<unit>tuoi|nam|thang|tuan|ngay|gio|thg|tg|th|t|m)(?![a-z])"
    r"(?P<half>\s*(?:tuoi\s*)?(?:ruoi|hon))?(?:\s*(?P<more>\d+)\s*(?P<more_unit>thang|tuan|ngay|th|m)(?![a-z]))?(?P<old>\s*tuoi)?"
)
TEMPERATURE = re.compile(
    r"(?<![\d.,])(?P<whole>3[4-9]|4[0-3])(?:[.,](?P<tenth>\d))?\s*"
    r"(?:(?P<unit>do|°\s*c?|oc|k|d)(?![a-z])\s*(?:(?P<after>\d)(?!\d)|(?P<half>ruoi))?|(?P<bare>(?![\w])))"
)
FEVER_NEAR = re.compile(r"sot|nhiet|cap|nong|kep|than nhiet|ha xuong|len toi|do duoc|\bdo\b")
BIRTH_DATE = re.compile(
    r"(?:sinh(?: ngay)?|sn|ngay sinh)\s*:?\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d|\d\d)(?!\d)"  # noqa: E501
)
# Right before a quantity these make it a length of time, right after it too.
LASTS_BEFORE = re.compile(
    r"(?:sot|ho|oi|non|chay|bon|quay|khoc|mui|mun|ban|dau|keo dai|suot|trong|khoang cach|cach|duoc tam|bo bu|bo an|hon"  # noqa: E501
    r"|het|lien tuc|uong|nghi|tiem)\s+(?:duoc |ca |gan |hon |may |da |bi |lien |li bi |suot )*$"
)
LASTS_AFTER = re.compile(r"^\s*(?:nay|roi|lien|qua|truoc|sau|nua|hom nay|mot lan|1 lan|lan)\b")
CHILD_BEFORE = re.compile(
    r"(?:be|con|chau|nhoc|bb|ku|cu|nhi|gai|trai|duoc|moi|gan|hon|tron|tam|khoang|tuoi|nha em|minh|no|ti|bim|nit)\s+(?:da |dang |nay |moi |duoc |hon |gan |gai |trai |em |chau |nha |minh |e )*$"  # noqa: E501
)


@dataclass(frozen=True)
class Entity:
    """`start`, `end` are offsets; `value` months (age), °C, days (duration), a date, or a
    dictionary word.
    """

    kind: str
    value: Any
    start: int
    end: int
    text: str
    # Age in days, finer than completed months.
    days: float | None = None


def extract(text: str, *, today: date | None = None) -> list[Entity]:
    """Every entity in the order of the text; nested ones are kept."""
    text = unicodedata.normalize("NFC", text)
    found = numbers(text, today=today)
    # Of the dictionary's words that begin together the longest speaks: "co giật" holds no "cổ".
    doc = vietnamese()(text)
    longest = {span.start_char: span for span in sorted(doc.spans["ruler"], key=len)}
    found += [
        Entity(span.label_, span.id_, span.start_char, span.end_char, span.text)
        for span in longest.values()
    ]
    return sorted(found, key=lambda entity: (entity.start, -entity.end))


def numbers(text: str, *, today: date | None = None) -> list[Entity]:
    """Ages, birth dates, temperatures and durations alone, in the order of the text: no word list
    is looked at, which takes most of the time of `extract`.
    """
    text = unicodedata.normalize("NFC", text)
    plain = _fold_keeping_offsets(text)
    found = [*_birth_dates(text, plain, today or date.today()), *_temperatures(text, plain)]  # noqa: DTZ011
    taken = [(entity.start, entity.end) for entity in found]
    found += [
        e
        for e in _quantities(text, plain)
        if not any(e.start < end and start < e.end for start, end in taken)
    ]
    return sorted(found, key=lambda entity: (entity.start, -entity.end))


def child_months(text: str, *, today: date | None = None) -> int | None:
    """The child's age that the text tells, in completed months; the first when it tells several."""
    age = child_age_days(text, today=today)
    return None if age is None else int(age / DAYS_A_MONTH + 1e-6)


def child_age_days(text: str, *, today: date | None = None) -> float | None:
    """The child's age in days, None when the text tells none."""
    for entity in numbers(text, today=today):
        if entity.kind == "age" and entity.days is not None:
            return entity.days
    return None


def temperature(text: str) -> float | None:
    """The highest body temperature that the text tells, in °C."""
    values = [entity.value for entity in numbers(text) if entity.kind == "temperature"]
    return max(values) if values else None


def _fold_keeping_offsets(text: str) -> str:
    return "".join(fold(character)[:1] or character for character in text)


def _number(word: str) -> float:
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    if word.startswith("muoi "):
        return 10.0 + NUMBER_WORDS.get(word[5:], 0)
    return float(word.replace(",", "."))


def _quantities(text: str, plain: str) -> list[Entity]:
    found = []
    for match in QUANTITY.finditer(plain):
        unit = SHORT_UNITS.get(match["unit"], match["unit"])
        days = _number(match["number"]) * UNIT_DAYS[unit]
        if match["half"] and "ruoi" in match["half"]:
            days += UNIT_DAYS[unit] / 2
        if match["more"]:
            more = match["more_unit"]
            days += int(match["more"]) * UNIT_DAYS[SHORT_UNITS.get(more, more)]
        is_age = _is_age(plain, match, unit)
        if is_age and days < 18 * 366:
            value = int(days / DAYS_A_MONTH + 1e-6)
            found.append(
                Entity(
                    "age",
                    value,
                    match.start(),
                    match.end(),
                    text[match.start() : match.end()],
                    days,
                )
            )
        elif match["unit"] not in {"t", "m"}:
            found.append(
                Entity(
                    "duration",
                    round(days, 2),
                    match.start(),
                    match.end(),
                    text[match.start() : match.end()],
                )
            )
    return found


def _is_age(plain: str, match: re.Match[str], unit: str) -> bool:
    before, after = plain[: match.start()], plain[match.end() :]
    if unit in {"gio", "nam"}:
        return False
    if unit == "tuoi" or match["old"]:
        return True
    if LASTS_AFTER.match(after) and not (
        CHILD_BEFORE.search(before) and re.match(r"\s*roi", after)
    ):
        return False
    if LASTS_BEFORE.search(before) or re.search(
        r"(?:thai|bau|mang thai|thai duoc|bau duoc)\s*(?:duoc )?$", before
    ):
        return False
    return bool(CHILD_BEFORE.search(before)) or unit == "thang" or match["unit"] in {"t", "m", "th"}


def _temperatures(text: str, plain: str) -> list[Entity]:
    found = []
    for match in TEMPERATURE.finditer(plain):
        near = plain[max(0, match.start() - 30) : match.start()]
        if match["unit"] is None and not (
            FEVER_NEAR.search(near)
            and not re.match(r"\s*(?:tuan|ngay|tuoi|thang|kg)", plain[match.end() :])
        ):
            continue
        tenth = match["tenth"] or match["after"] or ("5" if match["half"] else "0")
        value = float(f"{match['whole']}.{tenth}")
        found.append(
            Entity(
                "temperature", value, match.start(), match.end(), text[match.start() : match.end()]
            )
        )
    return found


def _birth_dates(text: str, plain: str, today: date) -> list[Entity]:
    found = []
    for match in BIRTH_DATE.finditer(plain):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        try:
            born = date(year, int(match[2]), int(match[1]))
        except ValueError:
            continue
        if born <= today:
            where = (match.start(), match.end(), text[match.start() : match.end()])
            found.append(Entity("birth_date", born.isoformat(), *where))
            found.append(
                Entity(
                    "age", completed_months(born, today), *where, days=float((today - born).days)
                )
            )
    return found
