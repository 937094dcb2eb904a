"""Where names stand: patterns for spaCy's Matcher over the letters of bot.nlu.personal_roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.nlu.marks import fold

Pattern = dict[str, Any]


def _has(letters: str, *, op: str = "", but: str = "", **also: Any) -> Pattern:
    """A token with one of the letters and none of `but`."""
    none = f"(?!.*[{but}])" if but else ""
    pattern = {"TAG": {"REGEX": f"^{none}.*[{letters}]"}, **also}
    return {**pattern, "OP": op} if op else pattern


def _capital(letters: str, *, but: str, told: bool = False, op: str = "") -> Pattern:
    """A token with a capital, one that tells something if `told`, and with one of the letters."""
    capital = "C" if told else "Cc"
    pattern = {"TAG": {"REGEX": f"^(?=.*[{capital}])(?!.*[{but}]).*[{letters}]"}}
    return {**pattern, "OP": op} if op else pattern


def _word(written: str) -> Pattern:
    return {"LEMMA": {"IN": [written, fold(written)]}}


# Forms of a name, each a list of tokens.
LISTED = "SsmGgNnBbIi"
CAPITALS: list[Pattern] = [_has("C", but="xE", op="{1,5}")]
# After "bé": not what it does, "bé Ho", nor after its name, "bé Bin Ho".
CALLED_CAPITALS: list[Pattern] = [_has("C", but="xEu", op="{1,5}")]
# After a family name a town may be a given name: "Trần Hà Giang".
FULL_CAPITALS: list[Pattern] = [
    _capital("Ss", but="x"),
    {"TAG": {"REGEX": r"^(?=.*C)(?:(?!.*x)|.*l)"}, "OP": "{1,4}"},
]
LISTED_CAPITALS: list[Pattern] = [
    _capital(LISTED, but="xEhQ", told=True, op="{0,3}"),
    _capital("GgNnBbIi", but="xEhQkKw", told=True),
]
# "Minh Anh nhà em": the second capital tells where the first does not.
FIRST_CAPITALS = [
    [{"TAG": {"REGEX": rf"^\^(?!.*[xQkKw]).*[{LISTED}]"}}, _capital("Gg", but="xkKw", told=True)],
    [{"TAG": {"REGEX": r"^\^.*[Bb]"}}, _capital("Ii", but="x", told=True)],
]
# "H'Bia Niê", "Y Bia"
HIGHLAND: list[Pattern] = [
    {"TEXT": {"IN": ["H", "Y"]}},
    {"TEXT": {"IN": ["'", "’"]}, "OP": "?"},
    _has("Cc", but="x", op="{1,3}"),
]
PUNCTUATION: Pattern = {"IS_PUNCT": True}
THI: Pattern = {"LEMMA": {"IN": ["thị", "văn"]}, "TAG": {"REGEX": "^(?!.*q)"}}
# Without marks "thi" and "van" are "thì" and "vẫn" too.
BARE_THI: Pattern = {"LEMMA": {"IN": ["thi", "van"]}}
LAST: Pattern = {"IS_ALPHA": True, "TAG": {"REGEX": "^(?!.*[xELTQvzHy])"}}
# Family name and the rest, in lower case.
FULL = [
    [_has("S"), _has("mGg", op="{1,2}", but="q"), _has("GI", but="q")],
    [_has("S"), _has("m", op="?"), _has("Bb"), _has("Ii")],
    [_has("S"), _has("G", but="q")],
]
FREE_FULL = [[{"TAG": {"REGEX": "Z"}}, *form[1:]] for form in FULL]
WITH_MIDDLE = [
    [_has("Ss"), THI, LAST, _has("I", op="?")],
    [_has("S"), BARE_THI, _has("GgNn", but="qx"), _has("I", op="?")],
    [{"LEMMA": {"IN": ["nguyen", "pham", "huynh"]}}, BARE_THI, LAST],
    [{"TAG": {"REGEX": r"^\^.*s"}}, BARE_THI, _has("GN")],
    [{"TAG": {"REGEX": r"^\^.*Z"}}, BARE_THI, LAST],
]
# After "em là" and "tên" more may be one than after "bé": "bế" is a family name and a verb.
SAID_WITH_MIDDLE = [*WITH_MIDDLE, [_has("Ss"), BARE_THI, LAST, _has("I", op="?")]]
# Listed names of two syllables and of one: clear ones, any, and any but words that never are one.
DOUBLE = [[_has("B"), _has("I")]]
ANY_DOUBLE = [[_has("Bb"), _has("Ii")]]
ONE = [[_has("GN")]]
ANY_ONE = [[_has("GgNn", but="x")]]
LIKELY_ONE = [[_has("GgNn", but="xqd")]]
ANY_FULL = [[_has("Ss"), _has("mGgBbIi", op="{0,3}"), _has("GgIi")], [_has("Ss"), _has("m"), LAST]]
ANY_WORD: list[list[Pattern]] = [[{"IS_ALPHA": True, "TAG": {"REGEX": "^(?!.*[xfELTQ])"}}]]
BEGINNING: Pattern = {"TAG": {"REGEX": r"^\^(?!.*q).*[GgNnB]"}}
CLEAR_BEGINNING: Pattern = {"TAG": {"REGEX": r"^\^.*[GN]"}}
CAPITAL_BEGINNING: Pattern = {"TAG": {"REGEX": r"^\^(?=.*c)(?!.*[xQKkw]).*[GgNnBb]"}}
# What stands before a name.
CALLED = [_has("KkwPf"), _has("T"), _has("L", op="{0,2}")]
CALLED_KIN = [_has("Kkw"), _has("2"), _has("T"), _has("L", op="{0,2}")]
NAMED = [_has("T"), _has("fHPKk2", op="{0,5}", but="L"), _has("L", op="{1,2}")]
OF_NAME = [_has("T"), _has("fHPKk2", op="{0,4}")]
ADULT = [_has("K"), _has("2", op="?")]
CHILD = [
    _has("k"),
    _has("2", op="?"),
    _has("H", op="?"),
    _has("P", op="?", LEMMA={"NOT_IN": ["con"]}),
]
NEAR = [_has("w"), _has("2", op="?"), _has("P", op="?")]
SELF = [_has("wKkP"), _has("2", op="?"), _has("P", op="?"), _has("L")]


@dataclass(frozen=True)
class Rule:
    """Where a name stands: `before`, then the name, then `after`."""

    before: tuple[Pattern, ...] = ()
    name: tuple[Pattern, ...] = ()
    after: tuple[Pattern, ...] = ()
    # The name ends a clause.
    ends: bool = False
    # Nothing before it says that it is a thing or a place.
    free: bool = False
    # It is said to be a name: "tên là".
    said: bool = False

    def tokens(self) -> list[Pattern]:
        """The whole as the Matcher takes it."""
        return [*self.before, *self.name, *self.after]


def _each(
    before: list[Pattern], forms: list[list[Pattern]], *after: Pattern, **how: bool
) -> Iterator[Rule]:
    for form in forms:
        yield Rule(tuple(before), tuple(form), after, **how)


def rules() -> Iterator[Rule]:
    """Every rule; a longer find goes before a shorter one, whatever their order."""
    yield from _said()
    yield from _after_kinship()
    yield from _confirmed()
    yield from _at_the_beginning()
    # Full names and listed names with a capital that tells, wherever they stand.
    yield from _each([], [FULL_CAPITALS, *WITH_MIDDLE, *FREE_FULL], free=True)
    yield from _each([], [LISTED_CAPITALS, *FIRST_CAPITALS, HIGHLAND], free=True)


def _said() -> Iterator[Rule]:
    """ "em tên là Hoa", "bé nhà em tên bin", "em là Hương", "tôi là lê văn tám"."""
    for before in (CALLED, CALLED_KIN, NAMED):
        yield from _each(before, [CAPITALS, *ANY_FULL, *ANY_DOUBLE, *ANY_ONE, *ANY_WORD], said=True)
    yield from _each(OF_NAME, [CAPITALS, *FULL, *SAID_WITH_MIDDLE, *DOUBLE, *ONE], said=True)
    yield from _each(SELF, [LISTED_CAPITALS, FULL_CAPITALS, *FULL, *SAID_WITH_MIDDLE, *DOUBLE])
    yield from _each(SELF, ONE, ends=True)
    # "tui là Năm Bịa"
    yield from _each(SELF, [[_capital("d", but="x", told=True), _has("C", but="x")]])


def _after_kinship() -> Iterator[Rule]:
    """ "chị Lan", "bác sĩ Hùng", "bé sóc", "con trai Minh Khôi", "mẹ bé Khoai Tây"."""
    yield from _each(ADULT, [CALLED_CAPITALS, *FULL, *WITH_MIDDLE, *DOUBLE, [_has("G")]])
    yield from _each(CHILD, [CALLED_CAPITALS, *FULL, *WITH_MIDDLE, *DOUBLE, *ONE])
    yield from _each(NEAR, [CALLED_CAPITALS, *FULL, *WITH_MIDDLE, *DOUBLE])
    for kin in (ADULT, CHILD, NEAR):
        yield from _each(kin, [[_has("S"), BARE_THI, LAST]])
    yield from _each([_has("w"), _has("k")], [[_has("nN", but="qx")]], ends=True)
    yield from _each([_has("w"), _has("k")], [[_has("Bb", but="q"), _has("Ii", but="q")]])


def _confirmed() -> Iterator[Rule]:
    """Ordinary words are names where what follows says so: "cháu nam 3 tuổi", "chị mai bảo"."""
    likely = [*LIKELY_ONE, *ANY_DOUBLE]
    for kin in (ADULT, CHILD, NEAR):
        for after in ([_has("H"), _has("P")], [_has("a")], [PUNCTUATION, _has("a")]):
            yield from _each(kin, likely, *after)
    for kin in (ADULT, CHILD, NEAR, [_has("w"), _word("của")]):
        yield from _each(kin, likely, _has("Oy"), ends=True)
        yield from _each(kin, likely, {"LEMMA": {"IN": ["đây", "nè", "ơi"]}})
    # "em Hương ở Bến Tre"
    yield from _each(NEAR, LIKELY_ONE, _word("ở"), _has("l"))
    yield from _each(ADULT, likely, _word("chủ"), _word("nhiệm"))
    yield from _each(ADULT, likely, _word("hàng"), _word("xóm"))
    yield from _each(ADULT, likely, _word("cùng"), _has("e"))
    yield from _each(ADULT, likely, _has("v"))
    yield from _each(CHILD, ANY_DOUBLE, _has("z"))


def _at_the_beginning() -> Iterator[Rule]:
    """ "Lan đây ạ", "Bin nhà em", "Gấu Béo nhà mình", "Mít, 18 tháng"."""
    clear = [[CLEAR_BEGINNING], [BEGINNING, _has("Ii")]]
    capitals = [CAPITAL_BEGINNING, _has("C", but="x", op="{1,2}")]
    yield from _each([], [[BEGINNING], [BEGINNING, _has("I")]], _has("y"), ends=True)
    yield from _each([], [*clear, capitals], _has("H"), _has("P"))
    yield from _each([], clear, PUNCTUATION, _has("a"))
