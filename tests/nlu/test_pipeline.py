"""The word lists find what was typed, with marks or without, and nothing else."""

import pytest

from bot.nlu.pipeline import vietnamese


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("không cần đâu", []),
        ("bé ấm đầu", ["ấm đầu"]),
        ("be am dau", ["am dau"]),
        ("bé bị Sốt", ["Sốt"]),
    ],
)
def test_a_typed_mark_must_agree(text: str, found: list[str]) -> None:
    doc = vietnamese()(text)
    longest = {span.start: span.text for span in sorted(doc.spans["ruler"], key=len)}
    assert [longest[start] for start in sorted(longest)][:1] == found


def test_tokens_are_syllables_numbers_units_and_punctuation_with_offsets() -> None:
    text = "Sốt 39,5 độ, 2t."
    doc = vietnamese()(text)
    assert [token.text for token in doc] == ["Sốt", "39,5", "độ", ",", "2", "t", "."]
    assert all(text[token.idx :].startswith(token.text) for token in doc)


def test_pyvis_words_are_there_when_asked_for() -> None:
    assert "sinh viên" in vietnamese()("em là sinh viên trường y")._.words
