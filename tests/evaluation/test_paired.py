"""The same message as others would type it, and that it is understood the same."""

from pathlib import Path

import pytest

from bot.commands.evaluate import ENTITY_DATA, SEARCH_DATA
from bot.evaluation.paired import BARE, OF_EACH, pair_entities, pair_screen, sample
from bot.evaluation.rewriting import REWRITINGS
from bot.nlu.screen.training import train_classifier

ROOT = Path(__file__).resolve().parents[2]
# How far each figure may move (0–1).
FIGURES, WITHIN = ("recall", "false_alarms", "exact"), 0.03


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("no_diacritics", "be bi giat, khong bu duoc"),
        ("telex", "bes bij giaatj, khoong bus dduwowcj"),
        ("vni", "be1 bi5 gia6t5, kho6ng bu1 d9u7o7c5"),
        ("abbreviated", "bb bi giật, ko bú dc"),
        ("doubled", "Bééé bị giật, khônggg bú được"),
    ],
)
def test_each_way_of_writing_is_as_people_do_it(way: str, typed: str) -> None:
    assert REWRITINGS[way]("Bé bị giật, không bú được") == typed


def test_the_sample_has_as_many_with_an_article_as_without_and_a_new_question_moves_one(
    tmp_path: Path,
) -> None:
    drawn = sample(*SEARCH_DATA)
    assert [row.slug == "none" for row in drawn] == [False] * OF_EACH + [True] * OF_EACH
    more = tmp_path / "more.tsv"
    more.write_text(
        "slug\tstyle\tchild_months\ttext\nnone\tstandard\t\tMấy giờ tàu chạy ạ?\n", encoding="utf-8"
    )
    assert len({row.text for row in sample(*SEARCH_DATA, more)} - {row.text for row in drawn}) <= 1


@pytest.mark.timeout(300)
def test_danger_is_understood_the_same_however_it_is_typed() -> None:
    train_classifier(ROOT / "models")
    report = pair_screen(ROOT / "tests/data/screen", ROOT / "models", use_encoder=False)
    assert report["n"] >= 500
    for way in REWRITINGS:
        for figure in FIGURES:
            moved = abs(report["rewritten"][way][figure] - report["written"][figure])
            assert moved <= WITHIN, (way, figure)


def test_entities_are_found_as_well_without_marks() -> None:
    """Only this way of typing leaves every letter where it was."""
    assert pair_entities(ENTITY_DATA)["rewritten"][BARE]["moved"] <= WITHIN
