"""Cases as rows of a spreadsheet. Without a text, a family, a name of a parent or child, or a chat;
a summary only when it is asked for, and then masked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from bot.counselling.alerts import age_band
from bot.counselling.figures import Stretch
from bot.counselling.models import Case
from bot.counselling.nicknames import nicknames_of, without_nicknames
from bot.programme.models import Domain
from bot.staff.cells import safe_cell
from bot.staff.models import Team

TOPICS = dict(Domain.choices)
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FIELDS = (
    "reason",
    "priority",
    "state",
    "team",
    "topic",
    "province",
    "opened_at",
    "claimed_at",
    "first_response_at",
    "first_response_due_at",
    "resolution_due_at",
    "closed_at",
    "outcome",
    "times_reopened",
    "rating",
    "feeling_before",
    "feeling_after",
)
# Where the clock of the first response began anew, the sheet tells of the first of all.
ORIGINAL = {
    "first_response_at": "original_response_at",
    "first_response_due_at": "original_response_due_at",
}
AGE = "child_age_months"
SUMMARY = "summary"


@dataclass(frozen=True)
class Choice:
    """Cases opened in the stretch, in some states, of one team or of all that the user sees."""

    stretch: Stretch
    states: Sequence[str]
    team: Team | None = None


def cases_of(user: User, choice: Choice) -> QuerySet[Case]:
    """The cases that go into the sheet, in the order of their opening."""
    cases = Case.objects.visible_to(user).filter(
        opened_at__gte=choice.stretch.begins,
        opened_at__lt=choice.stretch.ends,
        state__in=choice.states,
    )
    if choice.team is not None:
        cases = cases.filter(team=choice.team)
    cases = cases.select_related("team", "family").prefetch_related("family__children")
    return cases.order_by("opened_at", "pk")


def rows_of(cases: QuerySet[Case], *, with_summary: bool) -> Iterator[list[Any]]:
    """The heading, then a row a case."""
    yield [_heading(name) for name in ("id", AGE, *FIELDS, *([SUMMARY] if with_summary else []))]
    for case in cases:
        row = [case.pk, age_band(case.child_age_months), *(_value(case, name) for name in FIELDS)]
        if with_summary:
            row.append(_masked(case))
        yield [safe_cell(value) if isinstance(value, str) else value for value in row]


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; every text is a text cell, whatever it begins with."""
    # Here, not above: a web server that comes back needs no sheets yet.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma-separated, with the mark by which Excel knows UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in rows:
        writer.writerow(
            [f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value for value in row]
        )
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _heading(name: str) -> str:
    if name == "id":
        return str(Case._meta.verbose_name)
    return str(Case._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _value(case: Case, name: str) -> Any:
    if name == "team":
        return case.team.name if case.team else ""
    if name == "topic":
        return str(TOPICS.get(case.topic, case.topic))
    value = getattr(case, ORIGINAL.get(name, name) if case.original_response_at else name)
    if isinstance(value, datetime):
        # A spreadsheet knows no time zones: local time, as on the pages.
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    shown = getattr(case, f"get_{name}_display", None)
    return str(shown()) if shown else value


def _masked(case: Case) -> str:
    # Here, not above: it brings spaCy, which a plain sheet does not need.
    from bot.nlu.personal import mask

    return mask(without_nicknames(case.summary, nicknames_of(case.family)))


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
