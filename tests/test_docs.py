"""The reference says what the code says; every command is documented; links lead somewhere; tests
take the pictures.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.evaluation.compare import committed_report
from scripts.build_evaluation_tables import PAGES as TABLE_PAGES
from scripts.build_evaluation_tables import PLACE, TABLES, filled

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/build_reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_picture_is_taken_by_a_test_and_shown_on_a_page() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/docs_pictures.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_tables_of_the_evaluation_say_what_the_committed_report_says() -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in TABLE_PAGES}
    report = committed_report()
    told = [name for text in pages.values() for _, name, _ in PLACE.findall(text)]
    assert sorted(told) == sorted(TABLES)
    for name, text in pages.items():
        old = f"{name} is old: run .venv/bin/python scripts/build_evaluation_tables.py"
        assert filled(text, report) == text, old
    # The table is really that of the report, and not two empty ones.
    recall = f"{100 * report['screen']['recall']:.1f} %"
    assert f"| recall of urgent | 98.0 % | {recall} |" in pages["evaluation.md"]


def test_every_command_has_a_line_of_its_own() -> None:
    text = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    assert len(COMMANDS) >= 12
    for name in COMMANDS:
        assert f"### mam {name}\n" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
