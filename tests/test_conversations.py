"""Every path of the dialogue, as Rasa test stories (tests/conversations), on the trained model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.fingerprint import model_file
from bot.commands.train import is_trained, train_all

STORIES = Path(__file__).parent / "conversations"
FAILED = "failed_test_stories.yml"


@pytest.mark.timeout(400)
def test_every_story_is_told_as_it_is_written(tmp_path: Path) -> None:
    if not is_trained():
        train_all()
    told = sum(path.read_text(encoding="utf-8").count("- story:") for path in STORIES.glob("*.yml"))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "rasa", "test", "core", "--e2e", "--no-plot"),
            *("--model", str(model_file()), "--stories", str(STORIES), "--out", str(tmp_path)),
        ],
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = tmp_path / FAILED
    assert failed.is_file(), done.stderr[-3000:]
    assert "- story:" not in failed.read_text(encoding="utf-8"), failed.read_text(encoding="utf-8")
    counted = re.search(r"Correct:\s+(\d+) / (\d+)", done.stderr + done.stdout)
    assert counted, "the report is there"
    assert int(counted[1]) == int(counted[2]) == told
    assert told >= 40
