"""Messages with slips, odd spaces and dialect beside the same message in standard spelling: the
screen judges both alike (tests/data/slips.tsv; `develop` shaped the tables, `held_out` did not).
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from bot.nlu.marks import fold
from bot.nlu.normalise import normalise
from bot.nlu.screen import Screen
from bot.nlu.screen.training import train_classifier

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests/data/slips.tsv"
SAME_VERDICT = 0.95
Row = dict[str, str]


def messages(part: str) -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in found if row["part"] == part]


@pytest.fixture(scope="module")
def screen() -> Screen:
    train_classifier(ROOT / "models")
    return Screen.load(ROOT / "models")


def is_urgent(screen: Screen, text: str) -> bool:
    alert = screen.judge(text, use_encoder=False)
    return alert is not None and alert.urgent


@pytest.mark.parametrize("part", ["develop", "held_out"])
def test_danger_is_seen_however_it_is_spelled(screen: Screen, part: str) -> None:
    danger = [row for row in messages(part) if row["verdict"] == "urgent"]
    assert len(danger) >= 40
    alike = [is_urgent(screen, row["text"]) == is_urgent(screen, row["standard"]) for row in danger]
    assert sum(alike) >= SAME_VERDICT * len(alike)


@pytest.mark.parametrize("part", ["develop", "held_out"])
def test_a_slip_raises_no_alarm_of_its_own(screen: Screen, part: str) -> None:
    harmless = [row for row in messages(part) if row["verdict"] == "safe"]
    assert len(harmless) >= 35
    for row in harmless:
        assert is_urgent(screen, row["text"]) <= is_urgent(screen, row["standard"]), row["text"]


@pytest.mark.parametrize("part", ["develop", "held_out"])
def test_homonyms_stay_as_they_are(part: str) -> None:
    lines = [row["text"] for row in messages(part) if row["kind"] == "homonym"]
    assert len(lines) >= 25
    for line in lines:
        assert normalise(line) == line


def test_most_lines_become_the_standard_ones() -> None:
    slips = [row for row in messages("held_out") if row["kind"] != "homonym"]
    same = [fold(normalise(row["text"])) == fold(normalise(row["standard"])) for row in slips]
    assert sum(same) >= 0.6 * len(same)


def test_a_message_of_twenty_words_takes_well_under_a_millisecond() -> None:
    line = (
        "bé nhà tui 8 tháng bịsốt xốt cao mà nỏ chịu bú, chừ em nên nàm răng cho hắn"
        " hạ sốt rứa bác sĩ"
    )
    normalise(line)
    begun = time.process_time()
    for number in range(200):
        normalise(f"{line} {number}")
    assert (time.process_time() - begun) / 200 < 0.001
