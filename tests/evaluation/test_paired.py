"""The same message as others would type it, and that it is understood the same."""

import json
from pathlib import Path

import pytest

from bot.commands.evaluate import ENTITY_DATA, SEARCH_DATA
from bot.evaluation.entities import evaluate_entities
from bot.evaluation.paired import OF_EACH, PROPER, pair_screen, sample
from bot.evaluation.rewriting import REWRITINGS, without_marks
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


def test_entities_are_found_as_well_without_marks(tmp_path: Path) -> None:
    """Only this way of typing leaves every letter where it was."""
    figures = {}
    lines = [json.loads(line) for line in ENTITY_DATA.read_text(encoding="utf-8").splitlines()]
    proper = [line for line in lines if line["style"] in PROPER]
    for way, change in (("written", str), ("bare", without_marks)):
        typed = tmp_path / way
        rows = [{**line, "text": change(line["text"])} for line in proper]
        typed.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        figures[way] = evaluate_entities(typed)

    for name in ("precision", "recall", "f1", "age_exact"):
        assert abs(figures["written"][name] - figures["bare"][name]) <= WITHIN, name
