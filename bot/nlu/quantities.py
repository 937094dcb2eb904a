"""Spans of time in a line, and whether one is the child's age or how long something lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.contexts import is_age, is_no_time, rounds_down
from bot.nlu.numerals import NUMBER, is_spoken_number, value_of
from bot.nlu.readable import Line

DAYS_A_MONTH = 30.4375
HOUR = 1 / 24
UNIT_DAYS = {
    "tuoi": 365.25,
    "nam": 365.25,
    "thang": DAYS_A_MONTH,
    "tuan": 7.0,
    "ngay": 1.0,
    "gio": HOUR,
    "phut": HOUR / 60,
}
OTHER_NAMES = {
    "t": "tuoi",
    "th": "thang",
    "m": "thang",
    "tg": "thang",
    "thg": "thang",
    "w": "tuan",
    "hom": "ngay",
    "hum": "ngay",
    "bua": "ngay",
    "dem": "ngay",
    "tieng": "gio",
    "d": "ngay",
    "h": "gio",
    "ph": "phut",
    "p": "phut",
}
GROWN_DAYS = 16 * 365.25
# "gần 6 tháng": how much earlier at most, and as a part of the unit.
SHORT_BY_DAYS = 15.0
SHORT_BY_PART = 0.25
_UNIT = "tuoi|thang|tuan|ngay|nam|hom|hum|bua|dem|gio|tieng|phut|thg|tg|th|ph|t|m|w|h|p"
_GLUED_TO = r"(?:(?<![\w.,/])|(?<=\bbe)|(?<=\bcon)|(?<=\bchau)|(?<=\bduoc)|(?<=\bmoi))"
QUANTITY = re.compile(
    rf"{_GLUED_TO}(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})(?:(?![a-z0-9])|(?=\d{{1,2}}(?:m|th"
    rf"|thang|t|d|ngay)?\b))"
    r"(?P<half>\s*(?:tuoi\s*)?ruoi)?"
    rf"(?:\s*(?:,|va|le|hon)?\s*(?P<more>{NUMBER})\s*(?P<more_unit>thang|tuan|ngay|thg|tg|th|m"
    rf"|d)(?![a-z0-9])"
    r"(?P<more_half>\s*ruoi)?|(?<=t)(?P<bare_months>\d{1,2})\b)?(?P<old>\s*tuoi)?"
)
WITHOUT_NUMBER = re.compile(
    r"\b(?:(?P<over>hon|gan|ca|suot|ngot)\s+(?P<unit>tuan|thang|nam|tieng|ngay)\b(?!\s*(?:\d"
    r"|truoc|sau))(?P<half>\s+ruoi\b)?|nua\s+buoi)"
)
SINCE = re.compile(
    r"\b(?:tu|suot tu|hoi)\s+(?:luc\s+|hoi\s+)?(?:(?P<part>sang|trua|chieu|toi|dem"
    r"|khuya)(?:\s+(?:hom\s+|bua\s+)?(?P<ago>qua|kia|te|truoc))?"
    r"|(?:hom|hum|bua|ngay)\s+(?P<day>qua|kia|te|truoc|kìa)|(?P<whole>tuan|thang)\s+truoc"
    r"|(?P<yesterday>qua))\b"
)
ENDED_BEFORE = re.compile(r"\b(?:het|khoi|lanh|dut|ngung)\b[^,.]{0,15}$")
MILESTONE_WORDS = ("đầy", "tròn", "thôi nôi", "lên", "cùng")
MILESTONE = re.compile(
    r"\b(?:(?P<month>(?:day|tron|cung)\s+thang|day\s+cu)|(?P<hundred>day\s+tram\s+ngay)"
    r"|(?P<year>thoi noi|(?:day|tron)\s+(?:mot\s+|1\s+)?(?:tuoi|nam))"
    r"|len\s+(?P<years>[2-9]|hai|ba|bon|nam|sau|bay|tam)(?:\s*tuoi|(?!\s*(?:\d|[.,]\d|kg|ky|ki"
    r"|can|do|lang|lop|phan|lan|cu|ngan|k\b|tr|thang|ml|cm|ben|muoi|chuc|dua|con"
    r"|o))(?![a-z0-9])))\b"
)


@dataclass(frozen=True)
class Span:
    """`kind` is age or duration; places are in the readable line."""

    kind: str
    days: float
    start: int
    end: int


def spans_of_time(line: Line) -> list[Span]:
    """Ages and durations, in the order of their kinds of wording."""
    found = [*_milestones(line), *_with_number(line)]
    for other in (*_without_number(line), *_since(line)):
        if not any(one.start < other.end and other.start < one.end for one in found):
            found.append(other)
    return found


def _with_number(line: Line) -> Iterator[Span]:
    at = 0
    while match := QUANTITY.search(line.plain, at):
        at = max(match.end("unit"), match.start() + 1)
        if not is_spoken_number(line, match.start("number"), match.end("number")):
            at = match.start() + len(match["number"].split()[0])
            continue
        end = match.end()
        unit = OTHER_NAMES.get(match["unit"], match["unit"])
        days = value_of(match["number"]) * UNIT_DAYS[unit]
        if match["half"]:
            days += UNIT_DAYS[unit] / 2
        if match["more"] and _belongs(line, match, unit):
            more = OTHER_NAMES.get(match["more_unit"], match["more_unit"])
            days += (value_of(match["more"]) + (0.5 if match["more_half"] else 0)) * UNIT_DAYS[more]
        elif match["more"]:
            end = match.end("half") if match["half"] else match.end("unit")
        elif match["bare_months"]:
            days += int(match["bare_months"]) * DAYS_A_MONTH
        before, after = _around(line, match.start(), end)
        is_old = unit == "tuoi" or bool(match["old"])
        if is_no_time(line, match, before, after) or (is_old and days >= GROWN_DAYS):
            at = end
            continue
        if is_age(match, unit, before, after, is_old=is_old):
            if days < GROWN_DAYS:
                yield Span("age", _rounded(days, unit, before), match.start(), end)
                at = end
        elif match["unit"] not in {"t", "m"}:
            yield Span("duration", days, match.start(), end)
            at = end


def _around(line: Line, start: int, end: int) -> tuple[str, str]:
    """The folded line before and after, where "trễ" and "để" look like no "trẻ" and "đẻ"."""
    before = line.meant[:start].lower()
    plain = line.plain[:start]
    for written in ("trễ", "để"):
        at = before.find(written)
        while at >= 0:
            plain = plain[:at] + plain[at] + "z" * (len(written) - 1) + plain[at + len(written) :]
            at = before.find(written, at + 1)
    return plain, line.plain[end:]


def _belongs(line: Line, match: re.Match[str], unit: str) -> bool:
    """Whether "… 3 ngày" is the rest of the age, not the length of what follows."""
    more = OTHER_NAMES.get(match["more_unit"], match["more_unit"])
    if UNIT_DAYS[more] >= UNIT_DAYS[unit] or unit not in {"tuoi", "thang", "nam", "tuan"}:
        return False
    if not is_spoken_number(line, match.start("more"), match.end("more")):
        return False
    after = line.plain[match.end() :]
    lasts = more != "thang" and re.match(r"\s*(?:nay|lien|qua|hom nay|roi|chua|khong)\b", after)
    return not lasts and "," not in line.plain[match.end("unit") : match.start("more")]


def _rounded(days: float, unit: str, before: str) -> float:
    if rounds_down(before):
        return max(0.0, days - min(SHORT_BY_DAYS, SHORT_BY_PART * UNIT_DAYS[unit]))
    return days


def _without_number(line: Line) -> Iterator[Span]:
    for match in WITHOUT_NUMBER.finditer(line.plain):
        unit = OTHER_NAMES.get(match["unit"] or "", match["unit"]) if match["unit"] else "ngay"
        days = UNIT_DAYS[unit] * (1.5 if match["half"] else 1) if match["unit"] else 0.25
        after = line.plain[match.end() :]
        if match["over"] in {"ca", "suot"} and unit == "ngay" and not re.match(r"\s*nay\b", after):
            continue
        if line.meant[match.start() : match.start() + 2] in {"cá", "cà", "gắ"}:
            continue
        yield Span("duration", days, match.start(), match.end())


def _since(line: Line) -> Iterator[Span]:
    for match in SINCE.finditer(line.plain):
        before = line.plain[: match.start()]
        if match[0].startswith("hoi") or (match["whole"] and ENDED_BEFORE.search(before)):
            continue
        if line.has_marks and not line.meant.startswith(("từ", "suốt từ"), match.start()):
            continue
        ago = match["ago"] or match["day"] or ("qua" if match["yesterday"] else None)
        if match["whole"]:
            days = UNIT_DAYS[match["whole"]]
        else:
            days = {"qua": 1.0, None: 0.5}.get(ago, 2.0)
        yield Span("duration", days, match.start(), match.end())


def _milestones(line: Line) -> Iterator[Span]:
    for match in MILESTONE.finditer(line.plain):
        before = line.plain[: match.start()]
        if line.has_marks and not line.meant.startswith(MILESTONE_WORDS, match.start()):
            continue
        if match["years"]:
            spoken = is_spoken_number(line, match.start("years"), match.end("years"))
            if not spoken or re.search(r"\b(?:sot|nhiet|tang|hoc|cao|di|can)\s+(?:\w+ )?$", before):
                continue
            days, unit = value_of(match["years"]) * UNIT_DAYS["tuoi"], "tuoi"
        elif match["month"]:
            days, unit = DAYS_A_MONTH, "thang"
        elif match["hundred"]:
            days, unit = 100.0, "thang"
        else:
            days, unit = UNIT_DAYS["tuoi"], "tuoi"
        yield Span("age", _rounded(days, unit, before), match.start(), match.end())
