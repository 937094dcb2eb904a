"""What leans on the topic before is told from what stands on its own."""

import csv
from pathlib import Path

import pytest

from bot.nlu.followups import DOCTOR, MORE, read_followup

SEARCH = Path(__file__).resolve().parents[1] / "data/search"


@pytest.mark.parametrize(
    "text",
    [
        *("thế còn 2 tuổi thì sao?", "uống bao lâu?", "vậy bé 8 tháng thì sao", "sao lại thế"),
        *("còn ban đêm thì sao ạ", "có nguy hiểm không?", "the con trung thi sao", "co lay ko a"),
        *("uống bao nhiêu ml", "răng rứa hè", "bao lau thi khoi", "thế sinh non thì sao hả mầm"),
    ],
)
def test_a_question_without_a_topic_of_its_own_leans(text: str) -> None:
    followup = read_followup(text)
    assert followup is not None
    assert followup.is_sure


def test_an_age_in_it_is_read_and_so_is_what_it_wants() -> None:
    of_age, doctor, more = map(
        read_followup, ("thế còn 2 tuổi thì sao?", "khi nào đi khám ạ", "cụ thể hơn đi ạ")
    )
    assert of_age is not None
    assert of_age.months == 24
    assert doctor is not None
    assert doctor.wants == DOCTOR
    assert more is not None
    assert more.wants == MORE


@pytest.mark.parametrize(
    "text",
    [
        *("bé 10 tháng", "giúp em với", "con em bị sao vậy", "em cảm ơn mầm", "mầm là ai vậy"),
        *("bé 2 tuổi biếng ăn phải làm sao", "con không chịu ăn", "bé ăn gì", ""),
    ],
)
def test_what_stands_on_its_own_or_says_nothing_does_not_lean(text: str) -> None:
    assert read_followup(text) is None


def test_hardly_any_real_question_is_taken_for_one_that_leans() -> None:
    asked = []
    for path in sorted(SEARCH.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            asked += [row["text"] for row in rows if row["slug"] != "none"]
    assert len(asked) >= 1400
    assert sum(read_followup(text) is not None for text in asked) <= 0.002 * len(asked)
