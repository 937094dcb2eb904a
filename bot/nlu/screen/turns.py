"""What a message says about the messages before it: yes, no, taken back, on the way, afraid.

Read from data/lexicon/turns.yml; a message that also says something else has no role.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from bot.nlu.normalise import LEXICON, fold, normalise

# More words than these beside the role and its fillers: the message says something of its own.
OWN_WORDS = 1
# A role is a short message; what is taken back may come with its reason.
ROLE_WORDS, TAKEN_BACK_WORDS = 12, 16
TAKEN_BACK = "taken_back"
# In the order in which they are looked for, anywhere in the message and at its beginning.
ANYWHERE, AT_FIRST = ("waiting", "called", "what_now", "worry"), ("no", "yes", "thanks", "ack")
ADDRESS = re.compile(r"^(?:(?:da|vang|u|um|a|oi|thua|em|mam|bac si|be|con|chau|no|han) )+(?=\S)")


def role_of(text: str) -> str | None:
    """`taken_back`, `waiting`, `called`, `what_now`, `worry`, `no`, `yes`, `thanks`, `ack`; None
    when the message has a meaning of its own.
    """
    plain = _plain(text)
    words = len(plain.split())
    found = _expressions()
    if not words or words > TAKEN_BACK_WORDS or found["still"].search(plain):
        return None
    if found["calm"].search(plain):
        return TAKEN_BACK
    if words > ROLE_WORDS:
        return None
    for name in ANYWHERE:
        if found[name].search(plain) and _own_words(plain, found[name]) <= OWN_WORDS:
            return name
    for name in AT_FIRST:
        if _begins_with(plain, name) and not _own_words(plain, found[name]):
            return name
    return None


def agrees(text: str) -> bool:
    """Whether it begins with a yes, also one that goes on: "có, mắt lờ đờ"."""
    plain = _plain(text)
    return _begins_with(plain, "yes") and not _begins_with(plain, "no")


def corrects(text: str) -> bool:
    """Whether it takes back or puts right what was said: the words before no longer count."""
    plain = _plain(text)
    found = _expressions()
    if found["still"].search(plain):
        return False
    return bool(found["calm"].search(plain) or found["marker"].search(plain))


def is_safe_to_write(text: str) -> bool | None:
    """The answer to "is it safe to write now?"; None when it is no answer."""
    plain = _plain(text)
    found = _expressions()
    if len(plain.split()) > ROLE_WORDS:
        return None
    if found["unsafe"].search(plain):
        return False
    if found["safe"].search(plain):
        return True
    role = role_of(text)
    return {"yes": True, "no": False}.get(role or "")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s.,]|[.,](?!\d)", " ", fold(normalise(text))).split())


def _begins_with(plain: str, name: str) -> bool:
    said = _expressions()[name]
    return bool(said.match(plain) or said.match(ADDRESS.sub("", plain)))


def _own_words(plain: str, said: re.Pattern[str]) -> int:
    rest = _expressions()["filler"].sub(" ", said.sub(" ", plain))
    return len(rest.split())


@lru_cache(maxsize=1)
def _expressions() -> dict[str, re.Pattern[str]]:
    content = yaml.safe_load((LEXICON / "turns.yml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(rf"(?:(?<!\w)(?:{line})(?!\w))" for line in lines))
        for name, lines in content.items()
    }
