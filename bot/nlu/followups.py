"""Messages that lean on what was spoken of just before: "thế còn 2 tuổi thì sao?", "uống bao lâu?",
"có nguy hiểm không?".

What counts is what is left once ages and the words of data/lexicon/followups.tsv and vague.tsv are
taken away: nothing may be, or hardly anything after words like "thế còn".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.nlu.entities import child_months
from bot.nlu.fillers import cover, without_ages, words_of
from bot.nlu.marks import fold
from bot.nlu.vague import LIST as VAGUE_LIST

LIST = "followups.tsv"
DOCTOR, MORE = "khám", "nói thêm"
GOES_ON, DOES, TIME, CHILD = "nối", "làm", "lúc", "trẻ"
# Each asks for something of a topic that it does not name.
ASPECTS = frozenset({"vì sao", "nguy hiểm", "lây", "bao lâu", "khỏi", "bao nhiêu", DOCTOR})
WEAK_ASPECTS = frozenset({"cách", MORE})
POLITE = frozenset({"lễ phép", "xưng hô"})
# Beside the doctor or "say more" only these may stand.
BESIDE = POLITE | {GOES_ON, "đệm", CHILD, "bao lâu", "nhờ", "hỏi", "cách"}
# "thế còn trứng thì sao": words of its own that may be left after such a beginning.
MOST_LEFT = 6
ASKS = re.compile(
    r"\b(?:gi|nao|dau|sao|rang|bao|may|chi|mo)\b|\b(?:khong|chua|duoc)(?: \w{1,4}){0,2}$"
)
# The assistant itself is spoken of.
OF_US = re.compile(r"\b(?:mam|bot|ad) (?:la|may|o|ten|co|bao|lam|duoc|biet|dang)\b|ten la mam")
# A long message tells of something.
MOST_WORDS = 16


@dataclass(frozen=True)
class FollowUp:
    """`months`: an age that was told, completed months; `wants`: DOCTOR, MORE or "" for anything
    else; `is_bare`: it has no topic of its own at all; `is_sure`: it can hardly mean anything else,
    whatever intent it looked like.
    """

    months: int | None
    wants: str
    is_bare: bool
    is_sure: bool


def read_followup(text: str) -> FollowUp | None:
    """How a message leans on the topic of before; None: it stands on its own."""
    text = unicodedata.normalize("NFC", text)
    rest, has_age = without_ages(text)
    words = words_of(rest)
    found = cover(words, LIST, VAGUE_LIST)
    kinds = {kind for kind, _ in found}
    plain = fold(" ".join(words))
    if not 0 < len(words) <= MOST_WORDS or OF_US.search(fold(" ".join(words))):
        return None
    first = next((kind for kind, _ in found if kind not in POLITE), "")
    goes_on = first == GOES_ON and bool(ASKS.search(plain))
    left = sum(not kind for kind, _ in found)
    if left or has_age:
        if not goes_on or left > MOST_LEFT:
            return None
        return FollowUp(child_months(text), "", not left, is_sure=True)
    if not (goes_on or _asks_of_a_topic(kinds, plain)):
        return None
    for wants in (MORE, DOCTOR):
        if wants in kinds and kinds <= BESIDE | {wants}:
            return FollowUp(None, wants, True, is_sure=wants == DOCTOR)
    return FollowUp(None, "", True, is_sure=goes_on or not kinds.isdisjoint(ASPECTS))


def _asks_of_a_topic(kinds: set[str], plain: str) -> bool:
    """A question that names no topic and, unless it asks for something of one, no child."""
    if not kinds.isdisjoint(ASPECTS | WEAK_ASPECTS):
        return CHILD not in kinds or not kinds.isdisjoint(ASPECTS)
    return bool(kinds & {DOES}) and CHILD not in kinds and bool(ASKS.search(plain))
