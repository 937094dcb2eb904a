"""Ready sentences: those shipped (data/programme/canned_replies.yml) and a counsellor's own, filled
in for a case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from bot.counselling.models import CannedReply, Case
from bot.counselling.queries import age_text, child_months
from bot.programme.errors import FileFault
from bot.programme.hotlines import PLACEHOLDER, PROGRAMME, fill_hotlines, hotlines
from bot.programme.tables import line_of, read_table
from bot.staff.roles import name_of

FILE = PROGRAMME / "canned_replies.yml"
FILLED = {"be", "tuoi", "ten_tu_van", "so_ca"}
NAMED = re.compile(r"\{(\w+)\}")
# How a child is called, and how old, where we do not know it: words for a sentence.
NO_NAME, NO_AGE = "bé", "chưa rõ tuổi"


@dataclass(frozen=True)
class Ready:
    """A sentence with its placeholders filled in."""

    title: str
    text: str
    is_own: bool


@dataclass(frozen=True)
class Shipped:
    title: str
    text: str
    reasons: tuple[str, ...]


def ready_replies(case: Case, user: User) -> list[Ready]:
    """What fits the case's reason: one's own, then those shipped for it, then those for all."""
    own = CannedReply.objects.filter(Q(owner=user) | Q(owner=None)).order_by("title")
    found = [(row.title, row.text, row.reasons, True) for row in own]
    shipped = sorted(shipped_replies(), key=lambda one: not one.reasons)
    found += [(one.title, one.text, list(one.reasons), False) for one in shipped]
    return [
        Ready(title, fill(text, case, user), is_own)
        for title, text, reasons, is_own in found
        if not reasons or case.reason in reasons
    ]


def fill(text: str, case: Case, user: User) -> str:
    """The sentence for this case; braces that mean nothing stay as they were typed."""
    # A name is for the holder alone.
    is_holder = case.assignee_id == user.pk
    children = list(case.family.children.all()) if case.family and is_holder else []
    values = {
        "be": children[0].nickname if len(children) == 1 and children[0].nickname else NO_NAME,
        "tuoi": age_text(child_months(case)) or NO_AGE,
        "ten_tu_van": name_of(user),
        "so_ca": str(case.pk),
    }
    filled = NAMED.sub(lambda match: values.get(match[1], match[0]), text)
    known = PLACEHOLDER.sub(lambda match: match[0] if match[1] in hotlines() else match[1], filled)
    return fill_hotlines(known)


@lru_cache(maxsize=1)
def shipped_replies() -> tuple[Shipped, ...]:
    return read_replies(FILE)


def read_replies(path: Path) -> tuple[Shipped, ...]:
    """A file of ready sentences. Raises FileFault with the line of the fault."""
    replies = []
    for key, row in read_table(path).items():
        line = line_of(path, f"{key}:")
        if not isinstance(row, dict) or set(row) != {"title", "text", "reasons"}:
            raise FileFault(path, line, "mỗi câu cần đúng các mục title, text, reasons")
        _check(str(row["text"]), row["reasons"], path, line)
        replies.append(Shipped(str(row["title"]), str(row["text"]), tuple(row["reasons"])))
    return tuple(replies)


def _check(text: str, reasons: Any, path: Path, line: int) -> None:
    for name in NAMED.findall(text):
        if name not in FILLED:
            raise FileFault(path, line, f"chỗ điền lạ: {name}")
    for key in PLACEHOLDER.findall(text):
        if key not in hotlines():
            raise FileFault(path, line, f"số lạ: {key}")
    for reason in reasons:
        if reason not in Case.Reason.values:
            raise FileFault(path, line, f"lý do lạ: {reason}")
