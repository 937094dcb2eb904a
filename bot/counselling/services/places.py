"""Fills the directory of services from a sheet: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bot.counselling.directory import kind_named, kinds
from bot.counselling.models import Service
from bot.counselling.sheets import COLUMNS, Fault, SheetRefused, SheetRow, as_date
from bot.programme.provinces import provinces

YES, NO = {"", "có", "co", "x", "yes", "1"}, {"không", "khong", "no", "0"}
# What makes two rows the same place.
KEY = ("kind", "name", "province")


@dataclass
class Filled:
    """How many places are new, changed, and as before."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def import_services(rows: list[SheetRow]) -> Filled:
    """Adds and changes places; those that the sheet does not name stay. Raises SheetRefused with
    every fault, and then nothing is changed.
    """
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for row in rows:
        values, own = _read(row)
        faults += own
        key = tuple(str(values.get(name, "")) for name in KEY)
        if not own and key in seen:
            faults.append(Fault(row.number, "", f"trùng với dòng {seen[key]}"))
        seen.setdefault(key, row.number)
        found.append(values)
    if faults:
        raise SheetRefused("Chưa nhận gì từ tệp này.", faults)
    filled = Filled()
    for values in found:
        _keep(values, filled)
    return filled


def export_rows() -> list[dict[str, str]]:
    """Every place as a row of the sheet."""
    return [
        {
            **{name: str(getattr(place, name)) for name in COLUMNS},
            "kind": kinds()[place.kind].name if place.kind in kinds() else place.kind,
            "checked_on": f"{place.checked_on:%d/%m/%Y}",
            "is_active": "có" if place.is_active else "không",
        }
        for place in Service.objects.all()
    ]


def _read(row: SheetRow) -> tuple[dict[str, Any], list[Fault]]:
    faults: list[Fault] = []

    def wrong(name: str, text: str) -> None:
        faults.append(Fault(row.number, COLUMNS[name], text))

    values = {name: str(value).strip() for name, value in row.values.items()}
    kind = kind_named(values["kind"])
    if kind is None:
        wrong("kind", f"không có loại “{values['kind'][:60]}”, xem trang Loại dịch vụ của tệp mẫu")
    if values["province"] and values["province"] not in provinces():
        wrong("province", "cần tên tỉnh, thành phố từ 1/7/2025; cả nước thì để trống")
    checked_on = as_date(row.values["checked_on"])
    if checked_on is None:
        wrong("checked_on", "cần một ngày, ví dụ 31/12/2026")
    elif checked_on > timezone.localdate():
        wrong("checked_on", "ngày kiểm tra chưa tới")
    is_active = values["is_active"].casefold()
    if is_active not in YES | NO:
        wrong("is_active", "ghi có hoặc không")
    read = {
        **values,
        "kind": kind or "",
        "checked_on": checked_on or timezone.localdate(),
        "is_active": is_active not in NO,
    }
    try:
        Service(**read).full_clean(
            exclude=("kind", "checked_on"), validate_unique=False, validate_constraints=False
        )
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            wrong(name, " ".join(messages))
    return read, faults


def _keep(values: dict[str, Any], filled: Filled) -> None:
    place = Service.objects.filter(**{name: values[name] for name in KEY}).first()
    if place is None:
        Service.objects.create(**values)
        filled.added += 1
    elif all(getattr(place, name) == value for name, value in values.items()):
        filled.unchanged += 1
    else:
        Service.objects.filter(pk=place.pk).update(**values)
        filled.changed += 1
