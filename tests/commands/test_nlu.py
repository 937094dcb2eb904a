"""`mam nlu`: files of other people, as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.nlu import nlu


def lines(path: Path, *rows: dict[str, object], begin: str = "") -> Path:
    text = begin + "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("begin", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_a_text_may_hold_separators_of_its_own(tmp_path: Path, begin: str) -> None:
    documents = lines(
        tmp_path / "documents.jsonl",
        {"id": "sot", "title": "Bé sốt\u2028cao", "text": ""},
        {"id": "ho", "title": "Bé ho\x85về đêm", "text": ""},
        begin=begin,
    )
    queries = lines(
        tmp_path / "queries.jsonl",
        {"id": "1", "text": "con sốt\u2028quá", "relevant": ["sot"]},
        begin=begin,
    )

    done = CliRunner().invoke(
        nlu, ["rank", "--documents", str(documents), "--queries", str(queries)]
    )

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["P@1"] == 1.0


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_judged() -> None:
    asked = '{"id": "a", "text": 123}\n\n{"id": "b", "text": "bé co giật"}\nno json\n'

    done = CliRunner().invoke(nlu, ["screen", "--no-encoder"], input=asked)

    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 1
    assert first["id"] == "a"
    assert "error" in first
    assert second["alert"]["label"] == "medical_emergency"
    assert third["id"] is None
