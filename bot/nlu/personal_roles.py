"""What each token of a message may be for the sake of names: one letter a role, in `token.tag_`.

S s  family name (clear, or an ordinary word too; Z is clear even alone)   m  middle name
G g  given name (clear, or an ordinary word too)    N n  pet name, likewise
B b  first of a listed double name, I i  its rest   x  never part of a name
C    a capital that tells something                 c  a capital that tells nothing
q    a word that is hardly ever a name in lower case
h    a name that is often another word with a capital ("Nam", "Đức")
d    an order of birth ("Hai", "Út")                l  of a town
u    what a child does, how it is, how a symptom or danger begins: after "bé" no name
a    begins an age ("3 tuổi")                       ^  begins a sentence
The others (K k w 2 P H T f L y O v z E Q) are the lists of data/lexicon/personal.yml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

from bot.nlu.marks import fold
from bot.nlu.personal_lists import (
    Listing,
    dangers,
    doing_pairs,
    doings,
    is_listed,
    names,
    one_spelling,
    roles,
    words,
)
from bot.nlu.telex import decode

# A text with fewer marked words than this was typed without marks.
FEW_MARKS = 0.2
# With more capitals than this they are a habit, and tell nothing.
MANY_CAPITALS = 0.5
FEW_WORDS = 5
AGE = re.compile(r"(?:thang|tuoi|tuan|ngay|t|m|th|tg|thg)$")
LONGEST_PLACE = 4
Beside = tuple[Token | None, Token | None]
NO_NAMES = ("nơi", "vùng", "không phải tên")


@Language.component("mam_personal_roles")
def give_roles(doc: Doc) -> Doc:
    """Sets `lemma_` (lower case, Telex read, one spelling) and `tag_` (the letters) of each token.

    `doc.user_data["has_marks"]` tells whether the text was typed with diacritics.
    """
    tokens = [token for token in doc if not token.is_space]
    alphabetic = [token for token in tokens if token.is_alpha]
    for token in tokens:
        token.lemma_ = _read(token.lower_)
    marked = sum(not token.lemma_.isascii() for token in alphabetic)
    has_marks = marked > FEW_MARKS * len(alphabetic)
    doc.user_data["has_marks"] = has_marks
    firsts = {token.i for token in tokens if _begins_sentence(doc, token)}
    tell = _capitals_tell(alphabetic, firsts)
    more = _doubles(alphabetic, has_marks)
    for place, letters in _in_places(alphabetic).items():
        more[place] = more.get(place, "") + letters
    around = [None, *tokens, None]
    for before, token, following in zip(around, tokens, around[2:], strict=False):
        letters = "^" if token.i in firsts else ""
        if token.is_alpha:
            told = token.i not in firsts and _capital_tells(before, token, tell)
            letters += "C" if told else "c" if token.text[0].isupper() else ""
            if told and _is_acronym(before, token, following):
                letters += "x"
            else:
                letters += _name_letters(token, (before, following), has_marks, told)
            letters += more.get(token.i, "")
        letters += _list_letters(token.lemma_, has_marks)
        if following is not None and token.text[0].isdigit() and AGE.match(fold(following.lower_)):
            letters += "a"
        token.tag_ = letters or "-"
    return doc


def _read(lower: str) -> str:
    """Telex read and one spelling; a listed name ("suri") is left as it is."""
    listed = names()
    if lower in listed["tên ở nhà"].written or lower in listed["tên"].written:
        return lower
    return one_spelling(decode(lower))


def _begins_sentence(doc: Doc, token: Token) -> bool:
    before = doc[: token.i]
    spaces = [one for one in before[-2:] if one.is_space]
    if any("\n" in one.text for one in spaces):
        return True
    last = next((one for one in reversed(list(before[-3:])) if not one.is_space), None)
    return last is None or last.text in {".", "!", "?", "…", ":", '"', "“", "-", "–", "•", "("}


def _capitals_tell(alphabetic: list[Token], firsts: set[int]) -> bool:
    inside = [token for token in alphabetic if token.i not in firsts]
    capitals = sum(token.text[0].isupper() for token in inside)
    if sum(map(_shouts, alphabetic)) > MANY_CAPITALS * len(alphabetic):
        return False
    return len(inside) < FEW_WORDS or capitals < MANY_CAPITALS * len(inside)


def _capital_tells(before: Token | None, token: Token, tell: bool) -> bool:
    """After a word in lower case a capital tells something in any text."""
    stands_out = before is not None and ("C" in before.tag_ or before.is_lower)
    return token.text[0].isupper() and (tell or stands_out)


def _shouts(token: Token) -> bool:
    return len(token) > 1 and token.is_alpha and token.text.isupper()


def _is_acronym(before: Token | None, token: Token, following: Token | None) -> bool:
    beside = [one for one in (before, following) if one is not None]
    return _shouts(token) and not any(map(_shouts, beside))


def _name_letters(token: Token, beside: Beside, has_marks: bool, told: bool) -> str:
    listed = names()
    lemma = token.lemma_
    # A bare word may have lost its marks where the others bear none, or where its capital tells.
    loose = not has_marks or told

    def has(kind: str) -> bool:
        return is_listed(listed[kind], lemma, loose)

    very_common = _is_common(lemma, has_marks, "rất thường")
    in_compound = _in_pair(words("compounds"), token, beside, has_marks)
    common = very_common or in_compound or _is_common(lemma, has_marks, "thường")
    if told and _in_pair(doing_pairs(), token, beside, has_marks):
        return "u"
    if in_compound and told:
        return ""
    letters = "h" if lemma in listed["viết hoa thường"].written else ""
    letters += "q" if very_common or in_compound else ""
    is_bare = not has_marks and lemma.isascii()
    if has("họ rõ không dấu" if is_bare else "họ rõ") and not in_compound:
        letters += "SZ" if not is_bare or has("họ rất rõ không dấu") else "S"
    elif has("họ"):
        letters += "s"
    letters += "m" if has("đệm") else ""
    # "bé Ho": a word that is one as it stands is not "Hổ" without its mark.
    loose = loose and lemma not in doings().written
    letters += ("g" if common else "G") if has("tên") else ""
    letters += ("n" if common else "N") if has("tên ở nhà") else ""
    is_given = bool(set(letters) & set("Gg"))
    if not set(letters) & set("GgNn") and any(
        is_listed(listing, lemma, loose=not has_marks) for listing in (doings(), dangers())
    ):
        letters += "u"
    if is_listed(listed["thứ bậc"], lemma, loose=not has_marks and not is_given):
        letters += "d"
    elif not set(letters) & set("GgNn") and is_listed(
        listed["không phải tên"], lemma, loose=not has_marks
    ):
        letters += "x"
    return letters


def _is_common(lemma: str, has_marks: bool, kind: str) -> bool:
    if has_marks or not lemma.isascii():
        return lemma in names()[kind].written
    return lemma in names()[f"{kind} không dấu"].written


def _in_pair(listing: Listing, token: Token, beside: Beside, has_marks: bool) -> bool:
    """Whether it makes another word with one beside it: "hạnh phúc", "kế hoạch"."""
    before, following = beside
    phrases = [f"{token.lemma_} {following.lemma_}"] if following else []
    phrases += [f"{before.lemma_} {token.lemma_}"] if before else []
    return any(is_listed(listing, phrase, not has_marks) for phrase in phrases)


def _doubles(alphabetic: list[Token], has_marks: bool) -> dict[int, str]:
    """The letters of listed names of more than one syllable, by place of the token."""
    found: dict[int, str] = {}
    listed = names()
    for first, second in pairwise(alphabetic):
        if not first.doc[first.i + 1 : second.i].text.isspace() and second.i > first.i + 1:
            continue
        phrase = f"{first.lemma_} {second.lemma_}"
        if is_listed(listed["tên đôi"], phrase, loose=not has_marks):
            common = _is_common_double(phrase, has_marks)
        elif is_listed(listed["tên ở nhà"], phrase, loose=not has_marks):
            common = True
        else:
            continue
        found[first.i] = found.get(first.i, "") + ("b" if common else "B")
        found[second.i] = found.get(second.i, "") + ("i" if common else "I")
    return found


def _is_common_double(phrase: str, has_marks: bool) -> bool:
    if has_marks or not phrase.isascii():
        return phrase in names()["tên đôi thường"].written
    return phrase in names()["tên đôi thường không dấu"].written


def _in_places(alphabetic: list[Token]) -> dict[int, str]:
    """The letters of tokens of towns, countries and tales of two syllables or more."""
    found: dict[int, str] = {}
    lemmas = [token.lemma_ for token in alphabetic]
    for first in range(len(lemmas)):
        for last in range(first + 2, min(first + LONGEST_PLACE, len(lemmas)) + 1):
            phrase = " ".join(lemmas[first:last])
            kinds = [kind for kind in NO_NAMES if is_listed(names()[kind], phrase, loose=True)]
            if kinds:
                letters = "xl" if "nơi" in kinds else "x"
                found.update((token.i, letters) for token in alphabetic[first:last])
    return found


@lru_cache(maxsize=20_000)
def _list_letters(lemma: str, has_marks: bool) -> str:
    if not has_marks and lemma in words("only_with_marks").written:
        return ""
    return "".join(
        letter for letter, listing in roles().items() if is_listed(listing, lemma, not has_marks)
    )
