"""Body temperatures: 38,5 · 39k5 · 38 độ rưỡi · ba chín độ · 102 độ F. What the weather or water
has is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.numerals import DIGITS, is_spoken_number
from bot.nlu.readable import Line

_ONE = "mot|hai|ba|bon|nam|sau|bay|tam|chin"
_NO_UNIT = (
    r"(?!\d|\s*(?:thang|tuan|tuoi|ngay|hom|bua|dem|gio|tieng|phut|lan|mui|lieu|vien|goi|cu|kg|ml"
    r"|cm|h\b|t\b|m\b|th\b))"
)
FIGURES = re.compile(
    r"(?<![\d.,/])(?:(?:3[4-9]|4[0-3])(?:[.,]\d)?\s*(?:do\s*)?(?:-|–|den"
    r"|toi)\s*)?(?P<whole>3[4-9]|4[0-3])(?:(?:[.,]|\s(?:phay|cham)\s)(?P<tenth>\d)\d?(?!\d))?\s*"
    r"(?:(?P<unit>do(?:\s*c\b)?|[°ºo˚]\s*c?|oc|k|d|\*)(?![a-z])"
    rf"\s*(?:(?P<after>\d){_NO_UNIT}|(?P<half>ruoi)|(?P<word>{_ONE})(?![a-z]){_NO_UNIT})?"
    r"|(?P<bare_half>ruoi)|(?P<apart>\d)(?=\s*(?:[,.;?!]|$|do\b))|(?P<bare>(?!\w)))"
)
IN_WORDS = re.compile(
    r"(?<!\w)(?P<whole>ba(?: muoi)? (?:sau|bay|tam|chin)|bon muoi(?: mot| hai)?|bon (?:mot|hai))"
    rf"\s+(?:do(?:\s+(?:c\s+)?(?P<after>ruoi|\d|{_ONE})(?![a-z]){_NO_UNIT})?"
    rf"|(?:phay|cham)\s+(?P<tenth>\d|{_ONE}|ruoi)|(?P<half>ruoi)|(?P<bare>{_ONE}))(?![a-z])"
)
FAHRENHEIT = re.compile(
    r"(?<![\d.,])(?P<whole>9[4-9]|10[0-9])(?:[.,](?P<tenth>\d))?\s*(?:do|[°ºo˚])?\s*f(?!\w)"
)
FEVER = re.compile(
    r"\bsot|nhiet do|nhiet ke|\bcap\b|\bnach\b|\bkep\b|\bnong\b|\bam dau|ha xuong|len toi|len den"
    r"|do duoc|\bdo\b|than nhiet|xuong con|\bhau mon"
)
ELSEWHERE = re.compile(
    r"\b(?:troi|gioi)\b|\bnuoc\b|\bham\b|\bpha\b|\bphong\b|may lanh|dieu hoa|\bu sua|ngoai troi"
    r"|\bbinh\b"
    r"|\btam\b|may suoi|\bquat\b|\bgia\b|\bmua\b|thoi tiet|\blo\b|\bthai\b|\bbau\b|\bsize\b"
    r"|nuong|\btu\b lanh"
)
ELSEWHERE_AFTER = re.compile(r"^\s*(?:c\s*)?(?:ngoai troi|trong phong|nuoc\b)")
OTHER_MEASURE = re.compile(
    r"^\s*(?:tuan|ngay|tuoi|thang|kg|ky|ki|can|w|tr|trieu|nghin|ngan|k|cm|ml|phut|gio|tieng|lan|/)"
)


def temperatures(line: Line) -> Iterator[tuple[float, int, int]]:
    """(°C, start, end) in the readable line."""
    plain = line.plain
    fever_told = bool(FEVER.search(plain))
    for match in FIGURES.finditer(plain):
        if _is_bodys(plain, match, fever_told):
            parts = ("unit", "tenth", "after", "half", "word", "bare_half", "apart", "whole")
            end = max(match.end(name) for name in parts)
            after = (
                match["after"]
                or match["apart"]
                or ("5" if match["half"] or match["bare_half"] else None)
            )
            if match["word"]:
                if is_spoken_number(line, match.start("word"), match.end("word")):
                    after = str(DIGITS[match["word"]])
                else:
                    end = match.end("unit")
            tenth = match["tenth"] or after or "0"
            yield float(f"{match['whole']}.{tenth}"), match.start(), end
    for match in IN_WORDS.finditer(plain):
        if not is_spoken_number(line, match.start("whole"), match.end("whole")):
            continue
        near = line.plain[max(0, match.start() - 30) : match.start()]
        if match["bare"] and not FEVER.search(near):
            continue
        told = match["tenth"] or match["bare"] or match["after"] or match["half"] or "0"
        tenth = "5" if told == "ruoi" else str(DIGITS.get(told, told))
        if not _is_elsewhere(plain, match):
            yield float(f"{_whole(match['whole'])}.{tenth}"), match.start(), match.end()

    for match in FAHRENHEIT.finditer(plain):
        told_f = float(f"{match['whole']}.{match['tenth'] or 0}")
        yield round((told_f - 32) / 1.8, 1), match.start(), match.end()


def _whole(words: str) -> int:
    first, *rest = [word for word in words.split() if word != "muoi"]
    return DIGITS[first] * 10 + (DIGITS[rest[0]] if rest else 0)


def _is_bodys(plain: str, match: re.Match[str], fever_told: bool) -> bool:
    if _is_elsewhere(plain, match):
        return False
    near = plain[max(0, match.start() - 30) : match.start()]
    if match["unit"] == "k" and not match["after"] and not match["half"]:
        return bool(FEVER.search(near))
    if match["unit"] or match["bare_half"]:
        return True
    if OTHER_MEASURE.match(plain[match.end() :]):
        return False
    if match["tenth"] and fever_told and not re.search(r"\b(?:nang|can|cao)\s*(?:\w+\s)?$", near):
        return True
    return bool(FEVER.search(near))


def _is_elsewhere(plain: str, match: re.Match[str]) -> bool:
    """The last thing named before it in its clause is not the child's body."""
    if ELSEWHERE_AFTER.match(plain[match.end() :]):
        return True
    clause = re.split(r"[,.;!?\n]", plain[max(0, match.start() - 30) : match.start()])[-1]
    other = [found.start() for found in ELSEWHERE.finditer(clause)]
    body = [found.start() for found in re.finditer(r"\bsot\b|\bnach\b|\bcap\b|nhiet ke", clause)]
    return bool(other) and (not body or body[-1] < other[-1])
