"""The directory of services as a spreadsheet (XLSX or CSV): read row by row with what is wrong in
each, and written so that reading gives the same. Knows no database.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.counselling.directory import kinds
from bot.counselling.errors import CounsellingError
from bot.staff.cells import FORMULA

# Field of Service → heading, in the order of the sheet.
COLUMNS = {
    "kind": "Loại dịch vụ",
    "name": "Tên",
    "province": "Tỉnh, thành phố",
    "address": "Địa chỉ",
    "hours": "Giờ mở cửa",
    "contact": "Liên hệ",
    "cost": "Chi phí",
    "note": "Ghi chú",
    "source": "Nguồn",
    "checked_on": "Ngày kiểm tra",
    "is_active": "Còn dùng",
}
MAX_BYTES, MAX_UNPACKED, MAX_ROWS = 1_000_000, 20_000_000, 2000
# A telephone number with its country is no formula.
TELEPHONE = re.compile(r"^\+[\d ().-]+$")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; rows are counted as a spreadsheet shows them."""

    row: int
    column: str
    text: str

    @property
    def user_message(self) -> str:
        where = f"Dòng {self.row}, cột {self.column}" if self.column else f"Dòng {self.row}"
        return f"{where}: {self.text}"


class SheetRefused(CounsellingError):
    """Nothing was taken of the sheet; `faults` tell why, row by row."""

    def __init__(self, user_message: str, faults: list[Fault] | None = None) -> None:
        super().__init__(user_message)
        self.user_message, self.faults = user_message, faults or []


@dataclass(frozen=True)
class SheetRow:
    """The cells of one row as text (a date as a date), by field of Service."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)


def read_sheet(content: bytes, name: str) -> list[SheetRow]:
    """The rows below the headings; empty ones are left out. Raises SheetRefused."""
    if len(content) > MAX_BYTES:
        raise SheetRefused("Tệp quá lớn: nhiều nhất 1 MB.")
    if name.lower().endswith(".xlsx"):
        table = _read_xlsx(content)
    elif name.lower().endswith(".csv"):
        table = _read_csv(content)
    else:
        raise SheetRefused("Chỉ nhận tệp .xlsx hoặc .csv.")
    if not table:
        raise SheetRefused("Tệp trống.")
    places = _places_of(table[0])
    rows, faults = [], []
    for number, cells in enumerate(table[1:], 2):
        if not any(str(cell).strip() for cell in cells):
            continue
        values = {}
        for key, place in places.items():
            cell = cells[place] if place < len(cells) else ""
            if isinstance(cell, str) and _is_formula(cell):
                faults.append(Fault(number, COLUMNS[key], "không nhận công thức, hãy ghi chữ"))
                continue
            values[key] = _unescaped(cell)
        rows.append(SheetRow(number, values))
    if faults:
        raise SheetRefused("Chưa nhận gì từ tệp này.", faults)
    if len(rows) > MAX_ROWS:
        raise SheetRefused(f"Tệp có quá {MAX_ROWS} dòng.")
    return rows


def write_csv(rows: list[dict[str, str]]) -> bytes:
    """With a mark that lets spreadsheets see UTF-8; what would be a formula gets an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS.values())
    writer.writerows([_escaped(row[key]) for key in COLUMNS] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def write_xlsx(rows: list[dict[str, str]]) -> bytes:
    """The rows on the first sheet, the kinds of service with what they do on the second."""
    # Here, not above: a web server that comes back needs no sheets yet.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Dịch vụ"
    _fill(sheet, [list(COLUMNS.values()), *([row[key] for key in COLUMNS] for row in rows)])
    help_sheet = book.create_sheet("Loại dịch vụ")
    told = [[kind.name, kind.does] for kind in kinds().values()]
    _fill(help_sheet, [["Loại dịch vụ", "Làm gì"], *told])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_date(value: Any) -> date | None:
    """A date cell, or words such as 31/12/2026; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in DATES:
        try:
            return datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _read_xlsx(content: bytes) -> list[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise SheetRefused("Tệp quá lớn.")
        book = load_workbook(io.BytesIO(content), read_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 2, max_col=40)
        return [[_cell(cell) for cell in row] for row in rows]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError) as error:
        raise SheetRefused("Không đọc được tệp này như một bảng tính Excel.") from error


def _cell(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if str(value).startswith("=") else f"={value}"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, (date, datetime)) else str(value)


def _read_csv(content: bytes) -> list[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetRefused("Tệp CSV phải ở dạng UTF-8.") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetRefused("Không đọc được tệp CSV này.") from error


def _places_of(headings: list[Any]) -> dict[str, int]:
    found = {str(heading).strip().casefold(): place for place, heading in enumerate(headings)}
    places = {
        key: found[heading.casefold()]
        for key, heading in COLUMNS.items()
        if heading.casefold() in found
    }
    missing = [heading for key, heading in COLUMNS.items() if key not in places]
    if missing:
        told = ", ".join(missing)
        raise SheetRefused(f"Dòng đầu thiếu cột: {told}. Hãy dùng tệp mẫu.")
    return places


def _is_formula(text: str) -> bool:
    return bool(FORMULA.search(text)) and not TELEPHONE.match(text.strip())


def _escaped(text: str) -> str:
    return f"'{text}" if FORMULA.search(text) else text


def _unescaped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    return text[1:] if text.startswith("'") and TELEPHONE.match(text[1:]) else text


def _fill(sheet: Any, rows: list[list[str]]) -> None:
    from openpyxl.styles import Font

    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            # Words, whatever they look like.
            cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
