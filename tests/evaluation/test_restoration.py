"""Marks put back on messages that the model never counted."""

from pathlib import Path

import pytest

from bot.commands.evaluate import MARKED_DATA
from bot.evaluation.restoration import evaluate_restoration, read_lines
from tests.evaluation.test_apart import near

HEAD = "slug\tstyle\tchild_months\ttext\n"


@pytest.mark.xdist_group("apart")
def test_the_lines_were_not_counted_for_the_model() -> None:
    from scripts.restorer_texts import own_lines

    lines = [line for _, line in read_lines(*MARKED_DATA)]
    assert len(lines) >= 600
    assert near(lines, own_lines()) == []


@pytest.mark.parametrize(
    ("text", "right", "words"),
    [
        ("Bé bị sốt 39 độ.", 1.0, 4),
        ("sức khoẻ của bé", 1.0, 4),
        ("sức khỏe của bé", 1.0, 4),
        ("bé xqz", 1.0, 2),
        ("chị bấm bụng xqẫ", 0.75, 4),
    ],
)
def test_words_are_counted_and_where_the_tone_stands_is_no_fault(
    tmp_path: Path, text: str, right: float, words: int
) -> None:
    path = tmp_path / "asked.tsv"
    path.write_text(f"{HEAD}none\tstandard\t\t{text}\n", encoding="utf-8")
    report = evaluate_restoration(path)
    assert report["words_right"] == right
    assert report["counts"] == {"words_right": words}
    assert report["file_mb"] < 20


def test_what_was_typed_without_marks_says_nothing_of_them(tmp_path: Path) -> None:
    rows = ["standard\t\tbe bi sot cao", "teencode\t\tbé bị sốt cao", "standard\t\tbé bị sốt cao"]
    path = tmp_path / "asked.tsv"
    path.write_text(HEAD + "".join(f"none\t{row}\n" for row in rows), encoding="utf-8")
    assert read_lines(path) == [("standard", "bé bị sốt cao")]
