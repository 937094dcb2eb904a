"""Where a family lives: "số 12 ngõ 34 phố …", "thôn …, xã …, huyện …", "ấp 3 xã …", "hẻm 45/6".

A town or a province alone tells of nobody and stays; with a house or a village it is part of the
address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.marks import fold
from bot.nlu.personal_cues import (
    ENOUGH,
    ROOM,
    SAID,
    STREET,
    Cue,
    cue_pattern,
    cues,
    next_pattern,
    town_pattern,
)
from bot.nlu.personal_lists import Listing, is_listed, names, one_spelling, words

NUMBER = (
    r"(?:so\s+)?(?:[a-z]{1,2}[.-]?)?\d+[a-z]?\d*(?:\s?[/.-]\s?(?:\d+[a-z]?\d*|[a-z]\d+))*(?!\w)"
)
_NUMBER = re.compile(NUMBER)
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s*(?:[,.;–-]\s*)?(?:(?:thuoc|o|tai)\s+)?")
_COMMA = re.compile(r"\s*,?\s*")
_SPACE = re.compile(r":?\s?")
_AFTER_SHORT = re.compile(r"[.:]?\s?")
# A measure, not the number of a house; a year, with "sn".
_MEASURED = re.compile(
    r"\s*(?:m2?|met|trieu|tr|k|nghin|nam|thang|tuoi|ngay|nguoi|can|km|lan|gio|phut|chau|dua|kg|%)\b"
)
_LONG = re.compile(r"(?:^|\D)0\d{3}|\d{5}")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# Words that end like a cue: "huyết áp", "hàng xóm", "trưởng thôn".
_NO_CUE = re.compile(r"\b(?:huyet|long|om|kieu|hang|truong|y te|do|can bo)\s$")
SHORT = frozenset("sn kp tdp p q f h tp ql kđt ktt".split())  # noqa: SIM905
_LIVES = re.compile(
    r"\b(?:o|nha|tro|tai|que|dia chi|d/c)\s*(?:la|em|minh|con|chau|toi)?\s*[:=]?\s*$"
)
_NUMBER_BEFORE = re.compile(rf"(?<![\w/.,]){NUMBER}\s+$")
_BEGINS = re.compile(r"(?:^|[,.:;]|\b(?:o|so|nha|chi|la|tai|tro|toi|den|ve|qua))\s*$")
_CAPITAL = (
    "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ]"
    r"[^\W\d_]*"
)
# "Bịa Thạnh", "Bịa 2"
_CAPITALS = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}}(?: \d{{1,2}}(?![\w/]|[.,]\d))?")
_CAPITALS_AFTER = re.compile(rf"\s*,\s*{_CAPITAL}(?:\s{_CAPITAL}){{1,3}}")
# "ngõ 12/5 Bịa Trì": a street named without its cue.
_STREET_AFTER = re.compile(rf"\s{_CAPITAL}(?:\s{_CAPITAL}){{1,3}}")
STREETS = frozenset({"duong", "pho", "hem", "ngo"})
COMMUNE_RANK, TOWN_RANK = 2, 3
_LETTER = re.compile(r"[a-z](?!\w)")
LONGEST_NAME = 4
LAST_NAME = 2


@dataclass(frozen=True)
class Piece:
    """One part of an address, and whether its value is a number or has capitals."""

    start: int
    end: int
    cue: Cue
    is_number: bool
    is_capital: bool

    @property
    def is_sure(self) -> bool:
        """A name in lower case may be no name."""
        return self.is_number or self.is_capital

    @property
    def tells(self) -> float:
        """How much it tells of one house."""
        return self.cue.tells if self.is_sure else min(self.cue.tells, STREET)


def find_addresses(text: str, plain: str, *, has_marks: bool) -> Iterator[tuple[str, int, int]]:
    """Kind and place of each; `plain` is `text` without marks, in lower case, as long."""
    at = 0
    while match := cue_pattern().search(plain, at):
        is_cue = not _NO_CUE.search(plain[: match.start()])
        chain = _chain(text, plain, match.start(), has_marks) if is_cue else []
        if not chain:
            at = match.end()
            continue
        start, end, tells = _whole(text, plain, chain)
        if tells >= ENOUGH:
            yield "address", start, end
        at = max(end, match.end())


def _chain(text: str, plain: str, start: int, has_marks: bool) -> list[Piece]:
    chain: list[Piece] = []
    while piece := _piece(text, plain, start, has_marks, inside=bool(chain)):
        # "…, xã Bịa, đường lầy lội": small things come first, or have a number or a capital.
        if chain and piece.cue.rank < chain[-1].cue.rank and not piece.is_sure:
            break
        chain.append(piece)
        gap = _GAP.match(plain, piece.end)
        start = gap.end() if gap else piece.end
    return chain


def _whole(text: str, plain: str, chain: list[Piece]) -> tuple[int, int, float]:
    start, end = chain[0].start, chain[-1].end
    rooms_only = all(piece.cue.tells == ROOM for piece in chain)
    tells = sum(piece.tells if rooms_only else _in_company(piece) for piece in chain)
    first = chain[0]
    before = _NUMBER_BEFORE.search(plain[:start])
    if before and fold(first.cue.written) in STREETS and _BEGINS.search(plain[: before.start()]):
        start, tells = before.start(), tells + STREET
    if {COMMUNE_RANK, TOWN_RANK} <= {piece.cue.rank for piece in chain}:
        tells = max(tells, ENOUGH)
    known = first.is_sure or len(chain) > 1
    if known and first.cue.tells >= STREET and _LIVES.search(plain[:start]):
        tells += SAID
    if tells >= ENOUGH:
        end = _with_town(text, plain, end, after_number=chain[-1].is_number)
    return start, end, tells


def _with_town(text: str, plain: str, end: int, *, after_number: bool) -> int:
    """Where the address ends with the street, town and province that follow without a cue."""
    if after_number and (street := _STREET_AFTER.match(text, end)):
        end = street.end()
    while gap := _COMMA.match(plain, end):
        more = _town(text, plain, gap.end()) or _CAPITALS_AFTER.match(text, end)
        if more is None:
            break
        end = more.end()
    return end


def _in_company(piece: Piece) -> float:
    """A room tells more where a street or a block is named too."""
    return STREET if piece.cue.tells == ROOM else piece.tells


def _town(text: str, plain: str, start: int) -> re.Match[str] | None:
    """A town or province that stands there, with its marks or without any."""
    match = town_pattern().match(plain, start)
    if match is None:
        return None
    typed = text[start : match.end()].lower()
    bare = typed == match[0]
    written = " ".join(map(one_spelling, typed.split(" ")))
    return match if bare or written in names()["nơi"].written else None


def _piece(
    text: str, plain: str, start: int, has_marks: bool, *, inside: bool = False
) -> Piece | None:
    """The piece that stands there; `inside` an address a name is what stands before the next."""
    for cue in cues():
        bare = fold(cue.written)
        end = start + len(bare)
        if not plain.startswith(bare, start) or plain[end : end + 1].isalpha():
            continue
        if not _agrees(text[start:end].lower(), cue.written, has_marks):
            continue
        short = cue.written in SHORT
        space = (_AFTER_SHORT if short else _SPACE).match(plain, end)
        value = space.end() if space else end
        if value == end and not short:
            continue
        if "n" in cue.takes and (number := _number(plain, cue, value)):
            return Piece(start, number.end(), cue, True, False)
        if "l" in cue.takes and (letter := _LETTER.match(plain, value)):
            return Piece(start, letter.end(), cue, True, False)
        if "w" in cue.takes or "C" in cue.takes:
            stop, capital = _name(text, plain, value, has_marks, inside)
            if stop > value > end and (capital or "w" in cue.takes):
                return Piece(start, stop, cue, False, capital)
    return None


def _number(plain: str, cue: Cue, start: int) -> re.Match[str] | None:
    match = _NUMBER.match(plain, start)
    if match is None or _MEASURED.match(plain, match.end()) or _LONG.search(match[0]):
        return None
    return None if cue.written == "sn" and _YEAR.match(match[0]) else match


def _agrees(typed: str, written: str, has_marks: bool) -> bool:
    """The cue as written, or without marks in a text that has none."""
    return typed == written or (not has_marks and typed == fold(written))


def _name(text: str, plain: str, start: int, has_marks: bool, inside: bool) -> tuple[int, bool]:
    """Where the name of a place ends, and whether it has capitals."""
    if place := _town(text, plain, start):
        return place.end(), text[start].isupper()
    first = text[start : start + 8]
    if first[:1].isupper() and not first.isupper():
        capitals = _CAPITALS.match(text, start)
        return (capitals.end() if capitals else start), True
    if inside:
        ends, bounded = _words(text, plain, start, words("never_in_address"), has_marks)
        if bounded:
            return ends[-1], False
    ends, bounded = _words(text, plain, start, words("after_address"), has_marks)
    if not ends:
        return start, False
    return ends[-1] if bounded else ends[:LAST_NAME][-1], False


def _words(
    text: str, plain: str, start: int, without: Listing, has_marks: bool
) -> tuple[list[int], bool]:
    """Where each word of a name in lower case ends, and whether a pause or a piece follows."""
    ends: list[int] = []
    for match in _WORD.finditer(text, start):
        apart = ends and text[ends[-1] : match.start()] != " "
        if apart or is_listed(without, match[0].lower(), loose=not has_marks):
            break
        if ends and _begins_another(text, plain, match.start()):
            return ends, True
        ends.append(match.end())
        if len(ends) == LONGEST_NAME:
            break
    if not ends:
        return ends, False
    following = plain[ends[-1] :].lstrip(" ")
    another = _begins_another(text, plain, len(plain) - len(following))
    return ends, not following or following[0] in ",.;!?\n" or another


def _begins_another(text: str, plain: str, start: int) -> bool:
    """Whether another piece or a town stands there."""
    return bool(next_pattern().match(plain, start) or _town(text, plain, start))
