"""How many times, portions or pieces: "5 lần", "ngày ba bữa", "nửa chén"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.numerals import NUMBER, is_spoken_number, value_of
from bot.nlu.readable import Line

_PORTION = "chen|bat|muong|thia|hop|mieng|vien|goi|hu|coc|ly|qua|trai|lon|ong|giot|hup|to|ngum|lat"
_UNIT = (
    "(?:lan|luot|ban|cu|bua|dem|tu|cai|chiec|dua|be|chau|cuc|not|vet|con|tran|hat|hot|bich|phat"
    f"|bim|{_PORTION})"
)
COUNT = re.compile(
    rf"(?<![\w.,/])(?P<number>{NUMBER})\s*(?P<unit>{_UNIT}|l(?=\s*(?:/|mot|1)?\s*(?:ngay|dem"
    rf"|roi|r)\b))(?![a-z0-9])"
)
PORTION = re.compile(_PORTION)
WITH_ONE = frozenset("lan qua trai muong thia goi vien hu luot".split())  # noqa: SIM905
MEALS_BEFORE = re.compile(
    r"(?:\bngay|\bmoi ngay|\b1 ngay|\bmot ngay|\ban|\bbu|\bchia|\bduoc)\s+(?:duoc |co |chi "
    r"|khoang |tam |la |\w+ |du )?$"
)
WEEKLY_BEFORE = re.compile(r"\btuan\s+(?:\w+ ){0,3}$")
LASTS_AFTER = re.compile(r"^\s*(?:nay|roi|lien|qua|hom nay|sau|truoc)\b")
NOT_WRITTEN = {
    "ban": ("bạn", "bán", "bàn", "bẩn", "ban"),
    "lan": ("lan", "lăn", "lây"),
    "tu": ("tự", "tủ", "từng"),
    "con": ("còn", "cơn"),
    "be": ("bê", "bế", "bể"),
    "cu": ("cứ", "cũ", "củ", "cu"),
    "to": ("to", "tờ"),
    "ong": ("ông", "ong"),
    "qua": ("quá", "qua"),
    "chau": ("châu", "chậu"),
    "cai": ("cải", "cai"),
    "trai": ("trai", "trại"),
    "dua": ("dưa", "đưa", "đũa"),
    "hat": ("hát",),
    "tran": ("trán", "trần", "tràn"),
    "hop": ("hợp", "họp"),
    "bat": ("bắt", "bật", "bất"),
    "goi": ("gọi", "gối", "gội", "gỏi"),
    "dem": ("đem", "đếm"),
    "hot": ("hốt", "hot"),
}


def counts(line: Line) -> Iterator[tuple[float, int, int]]:
    """(number, start, end) in the readable line."""
    for match in COUNT.finditer(line.plain):
        unit, number = match["unit"], match["number"]
        typed_unit = line.meant[match.start("unit") : match.end("unit")]
        before, after = line.plain[: match.start()], line.plain[match.end() :]
        if not is_spoken_number(line, match.start("number"), match.end("number")):
            continue
        if line.has_marks and typed_unit in NOT_WRITTEN.get(unit, ()):
            continue
        if number == "mot" and (unit not in WITH_ONE or re.match(r"\s*nua\b", after)):
            continue
        if number == "nua" and not PORTION.fullmatch(unit):
            continue
        if unit == "bua" and (not MEALS_BEFORE.search(before) or LASTS_AFTER.match(after)):
            continue
        if unit == "dem" and not WEEKLY_BEFORE.search(before):
            continue
        if unit == "con" and not re.match(
            r"\s*(?:nho|be|trai|gai|sinh)?\s*(?:$|[,.]|nho|be)", after
        ):
            continue
        if unit == "tu" and re.search(r"\b(?:cau|tieng)\s*$", before):
            continue
        if re.search(
            r"\b(?:hop|hu|goi|loc|thu|mui|so|lop|lieu)\s+(?:\w+ \w+ |\w+ )?$", before
        ) and unit in {
            "mieng",
            "goi",
            "hop",
            "be",
            "con",
            "chau",
        }:
            continue
        yield value_of(number), match.start(), match.end()
