"""What is refused is told by its words, and harmless questions are left alone."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from bot.nlu.refusals import find_refusal, load_kinds

DATA = Path(__file__).resolve().parents[1] / "data"
NONE = "none"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def kind_of(text: str) -> str:
    refusal = find_refusal(text)
    return refusal.kind if refusal else NONE


def test_kinds_are_told_apart_in_all_ways_of_writing() -> None:
    labelled = rows(DATA / "refusals.tsv")
    assert len(labelled) >= 150
    kinds = Counter(row["kind"] for row in labelled)
    assert set(kinds) == {*(kind.refusal.kind for kind in load_kinds()), NONE}
    assert min(kinds.values()) >= 6
    refused = [row for row in labelled if row["kind"] != NONE]
    harmless = [row for row in labelled if row["kind"] == NONE]
    right = sum(kind_of(row["text"]) == row["kind"] for row in refused)
    wrong = sum(kind_of(row["text"]) != NONE for row in harmless)
    assert right >= 0.9 * len(refused)
    assert wrong <= 0.03 * len(harmless)


@pytest.mark.parametrize(
    "text",
    [
        # A liều, not liệu; a shop of drugs; drugs that were taken, not asked for.
        *("liệu cho bé uống nước được chưa", "hiệu thuốc cứ mời mua mấy ống lợi khuẩn"),
        *("có bầu mà lỡ uống mấy viên thuốc cảm", "một gói oresol pha với bao nhiêu ml nước"),
        # Thuốc cảm, not thuốc cam; bữa, not bùa; mươi, not mười.
        *(
            "mẹ bầu uống thuốc cảm",
            "ngày hai bữa cháo rồi uống nước",
            "em ba mươi hai tuổi sinh con",
        ),
    ],
)
def test_words_that_only_look_alike_are_no_refusal(text: str) -> None:
    assert kind_of(text) == NONE


def test_only_a_dose_is_refused_whatever_article_fits() -> None:
    assert [kind.refusal.kind for kind in load_kinds() if kind.refusal.always] == ["dose"]


def test_an_age_beyond_eight_years_is_enough() -> None:
    assert kind_of("con em sinh năm 11 tuổi") == "older_child"
    assert kind_of("con em 8 tuổi hay khóc") == NONE
