"""The directory of services: kinds that ship, places that an organisation fills in by spreadsheet."""  # noqa: E501

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from bot.commands.services import services as command
from bot.counselling.directory import FILE, kinds
from bot.counselling.models import Service
from bot.counselling.services.places import export_rows, import_services
from bot.counselling.sheets import COLUMNS, SheetRefused, read_sheet, write_csv, write_xlsx
from bot.programme.hotlines import PROGRAMME
from tests.counselling.family import staff

pytestmark = pytest.mark.django_db
GOOD = {
    "kind": "Trạm y tế xã, phường, đặc khu",
    "name": "Trạm y tế phường Ví Dụ",
    "province": "Huế",
    "address": "Đường Ví Dụ",
    "hours": "7 giờ đến 17 giờ",
    "contact": "+84 234 000 000",
    "cost": "",
    "note": "",
    "source": "trạm tự báo",
    "checked_on": "01/11/2026",
    "is_active": "có",
}


def csv_of(*rows: dict[str, str]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS.values())
    writer.writerows([row[key] for key in COLUMNS] for row in rows)
    return file.getvalue().encode()


def xlsx_of(*rows: dict[str, str]) -> bytes:
    book = Workbook()
    book.active.append(list(COLUMNS.values()))
    for row in rows:
        book.active.append([row[key] for key in COLUMNS])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def told_of(content: bytes, name: str = "noi-giup.csv") -> list[str]:
    """What is wrong with a sheet, nothing of which was taken."""
    with pytest.raises(SheetRefused) as refused:
        import_services(read_sheet(content, name))
    assert not Service.objects.exists(), "nothing is half imported"
    return [fault.user_message for fault in refused.value.faults] or [refused.value.user_message]


def test_every_kind_says_what_it_does_and_where_that_is_from() -> None:
    sources = yaml.safe_load((PROGRAMME / "sources.yml").read_text(encoding="utf-8"))
    assert len(kinds()) >= 12
    for kind in kinds().values():
        assert kind.name, kind.key
        assert kind.does, kind.key
        assert kind.when, kind.key
        assert kind.bring, kind.key
        assert kind.sources, kind.key
        assert set(kind.sources) <= set(sources), kind.key


def test_no_number_stands_in_the_file_but_by_its_key_and_no_agency_that_is_gone() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    words = re.sub(r"\{hotline:\w+\}|^ *sources:.*$|^[\w-]+:$", "", text, flags=re.MULTILINE)
    assert not re.search(r"\d{3,}", words)
    assert not re.search(r"Lao động|Thương binh|\b(?:huyện|quận)\b", words)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_filled_in_comes_out_and_goes_in_again_unchanged(form: str) -> None:
    hostile = {**GOOD, "name": 'Trạm <b>hai</b>, "phường"; Năm', "note": "dòng một\ndòng hai"}
    make = xlsx_of if form == "xlsx" else csv_of
    filled = import_services(read_sheet(make(GOOD, hostile), f"a.{form}"))
    assert (filled.added, filled.changed, filled.unchanged) == (2, 0, 0)
    write = write_xlsx if form == "xlsx" else write_csv
    rows = export_rows()
    assert {row["contact"] for row in rows} == {"+84 234 000 000"}
    again = import_services(read_sheet(write(rows), f"b.{form}"))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert export_rows() == rows


def test_a_row_that_is_there_is_changed_and_those_not_named_stay() -> None:
    import_services(read_sheet(csv_of(GOOD, {**GOOD, "name": "Trạm khác"}), "a.csv"))
    moved = {**GOOD, "address": "Đường Mới", "is_active": "không"}
    filled = import_services(read_sheet(csv_of(moved), "a.csv"))
    assert (filled.added, filled.changed) == (0, 1)
    place = Service.objects.get(name=GOOD["name"])
    assert (place.address, place.is_active) == ("Đường Mới", False)
    assert Service.objects.get(name="Trạm khác").is_active


def test_each_wrong_row_is_told_with_its_column_and_nothing_is_taken() -> None:
    faults = told_of(
        csv_of(
            GOOD,
            {**GOOD, "name": "A", "kind": "Thầy lang"},
            {**GOOD, "name": "B", "source": ""},
            {**GOOD, "name": "C", "checked_on": "hôm qua"},
            {**GOOD, "name": "D", "checked_on": "01/01/2099"},
            {**GOOD, "name": "x" * 200},
            {**GOOD, "name": "E", "is_active": "chắc"},
            {**GOOD, "name": "F", "province": "Hà Tây"},
            GOOD,
        )
    )
    places = [fault.partition(": ")[0] for fault in faults]
    assert places == [
        "Dòng 3, cột Loại dịch vụ",
        "Dòng 4, cột Nguồn",
        "Dòng 5, cột Ngày kiểm tra",
        "Dòng 6, cột Ngày kiểm tra",
        "Dòng 7, cột Tên",
        "Dòng 8, cột Còn dùng",
        "Dòng 9, cột Tỉnh, thành phố",
        "Dòng 10",
    ]


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_formulas_are_refused(formula: str, form: str) -> None:
    make = xlsx_of if form == "xlsx" else csv_of
    faults = told_of(make({**GOOD, "name": formula}), f"a.{form}")
    assert faults == ["Dòng 2, cột Tên: không nhận công thức, hãy ghi chữ"]


def test_what_is_no_sheet_is_refused_in_words() -> None:
    assert "Excel" in told_of(b"not a zip", "a.xlsx")[0]
    assert "UTF-8" in told_of("Loại".encode("utf-16"), "a.csv")[0]
    assert "thiếu cột" in told_of(b"a,b\n1,2\n")[0]
    assert "Chỉ nhận tệp" in told_of(b"", "a.ods")[0]
    assert "1 MB" in told_of(b"x" * 1_000_001)[0]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    assert "quá lớn" in told_of(bomb.getvalue(), "a.xlsx")[0]


def test_the_template_has_every_column_and_every_kind() -> None:
    book = load_workbook(io.BytesIO(write_xlsx([])))
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS.values())
    told = {row[0].value for row in book.worksheets[1].iter_rows(min_row=2)}
    assert told == {kind.name for kind in kinds().values()}


def test_a_supervisor_fills_the_directory_in_the_console(client: Client) -> None:
    client.force_login(staff("thu", "supervisor"))
    url = reverse("counselling:services_import")
    wrong = SimpleUploadedFile("a.csv", csv_of({**GOOD, "source": ""}))
    page = client.post(url, {"file": wrong})
    assert page.status_code == 422
    assert "Dòng 2, cột Nguồn" in page.content.decode()
    hostile = {**GOOD, "name": "<script>alert(1)</script>"}
    good = SimpleUploadedFile("a.xlsx", xlsx_of(hostile))
    assert client.post(url, {"file": good}).status_code == 302
    page = client.get(reverse("counselling:services"))
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    for form in ("xlsx", "csv"):
        sheet = client.get(reverse("counselling:services_export", args=[form]))
        assert len(read_sheet(sheet.content, f"a.{form}")) == 1


def test_a_counsellor_reads_the_directory_and_does_not_fill_it(client: Client) -> None:
    client.force_login(staff("lan"))
    page = client.get(reverse("counselling:services"))
    assert page.status_code == 200
    assert "Điền từ bảng tính" not in page.content.decode()
    upload = SimpleUploadedFile("a.csv", csv_of(GOOD))
    assert client.post(reverse("counselling:services_import"), {"file": upload}).status_code == 403
    client.force_login(staff("tin", "trainer"))
    assert client.get(reverse("counselling:services")).status_code == 403
    assert not Service.objects.exists()


def test_the_command_line_fills_and_writes_the_same(tmp_path: Path) -> None:
    sheet, out = tmp_path / "a.csv", tmp_path / "b.csv"
    sheet.write_bytes(csv_of({**GOOD, "kind": "thầy"}))
    done = CliRunner().invoke(command, ["import", str(sheet)])
    assert done.exit_code == 1
    assert "Dòng 2, cột Loại dịch vụ" in done.output
    sheet.write_bytes(csv_of(GOOD))
    assert CliRunner().invoke(command, ["import", str(sheet)]).exit_code == 0
    assert CliRunner().invoke(command, ["export", str(out)]).exit_code == 0
    assert len(read_sheet(out.read_bytes(), "b.csv")) == 1
    assert CliRunner().invoke(command, ["export", str(tmp_path / "b.txt")]).exit_code == 2
