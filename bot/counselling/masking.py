"""Parents' words as those may read them who do not hold the case: who and where is taken out.

A masked text is kept in the cache by its message, so that a page is not read through anew each time.
"""  # noqa: E501

from __future__ import annotations

import hashlib
import re
import time
from functools import cache as once
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from bot.counselling import nicknames
from bot.counselling.models import Case, CaseNote
from bot.counselling.nicknames import nicknames_of, without_nicknames
from bot.nlu import personal
from bot.nlu.personal import mask
from bot.nlu.personal_lists import LISTS
from bot.staff.cells import upright
from bot.staff.models import Role
from bot.staff.roles import has_role

# May become a telephone number, an account, a plate; temperatures and ages are shorter.
UNFINISHED_NUMBER = re.compile(r"\d[\d .\-]*\d[\d .\-]*\d[\d .\-]*\d[\d .\-]*$")
# So much of a draft is read along: its end, which stands above the reply box on a phone too.
TYPED_SHOWN = 240
# Not long: a family may erase what it wrote, and a cache is not asked.
KEPT_S = 12 * 3600
# How long somebody who asked for it sees a case unmasked.
UNMASKED_S = 600
SESSION = "mam_unmasked"


def sees_whole(case: Case, viewer: Any) -> bool:
    """The holder reads what the parent wrote; everybody else reads it masked."""
    return viewer is not None and case.assignee_id == viewer.pk


def may_unmask(case: Case, viewer: Any) -> bool:
    """Supervisors, admins and the second reader may look behind the mask, which is recorded."""
    return not sees_whole(case, viewer) and (
        has_role(viewer, Role.SUPERVISOR, Role.ADMIN) or case.second_reader_id == viewer.pk
    )


def keep_unmasked(request: HttpRequest, case: Case) -> None:
    """This session sees the case unmasked for ten minutes."""
    now = int(time.time())
    kept = {key: until for key, until in _kept(request).items() if until > now}
    request.session[SESSION] = {**kept, str(case.pk): now + UNMASKED_S}


def is_unmasked(request: HttpRequest, case: Case) -> bool:
    """Whether this session asked for it a short while ago, and still may."""
    until = _kept(request).get(str(case.pk), 0)
    return until > time.time() and may_unmask(case, request.user)


def masked(texts: dict[str, str], called: tuple[str, ...] = ()) -> dict[str, str]:
    """Key of a message (`i12`) → its text, masked; what the family calls its children too."""
    texts = {key: without_nicknames(text, called) for key, text in texts.items()}
    keys = {key: _cache_key(key, text) for key, text in texts.items() if text}
    known = cache.get_many(keys.values())
    fresh = {cached: mask(texts[key]) for key, cached in keys.items() if cached not in known}
    if fresh:
        cache.set_many(fresh, KEPT_S)
    known.update(fresh)
    return {key: known[keys[key]] if key in keys else "" for key in texts}


@once
def mask_version(lists: tuple[Path, ...] = LISTS) -> str:
    """Changes with the rules of masking and their lists: older ones may have left a name."""
    rules = sorted(Path(personal.__file__).parent.glob("personal*.py"))
    read = [path.read_bytes() for path in (*rules, Path(nicknames.__file__), *lists)]
    return hashlib.sha256(b"".join(read)).hexdigest()[:12]


def masked_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Single words of a parent, as an alert marks them."""
    return tuple(masked({word: word for word in words}).values())


def notes_for(case: Case, viewer: Any, *, is_masked: bool) -> list[CaseNote]:
    """A case's notes; a colleague's note may name the family, so it is masked as the family's words
    are. One's own stand as they were written.
    """
    notes = list(case.notes.select_related("author").prefetch_related("mentions"))
    if is_masked:
        others = {f"n{note.pk}": note.text for note in notes if note.author_id != viewer.pk}
        hidden = masked(others, nicknames_of(case.family))
        for note in notes:
            note.text = hidden.get(f"n{note.pk}", note.text)
    return notes


def typed_for(text: str, *, is_masked: bool, called: tuple[str, ...] = ()) -> str:
    """The end of what a colleague is typing. Masked, a number at its end is left out: half of one
    is not known for what it is. Kept in no cache, because it may never be said.
    """
    text = upright(text)
    if is_masked:
        text = mask(UNFINISHED_NUMBER.sub("…", without_nicknames(text, called)))
    return text if len(text) <= TYPED_SHOWN else f"… {text[-TYPED_SHOWN:].partition(' ')[2]}"


def _cache_key(key: str, text: str) -> str:
    """An edited message has another text, hence another key."""
    return f"masked:{hashlib.sha256(f'{key}:{text}'.encode()).hexdigest()[:40]}"


def _kept(request: HttpRequest) -> dict[str, int]:
    return dict(request.session.get(SESSION, {}))
