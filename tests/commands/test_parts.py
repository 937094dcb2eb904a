"""How each process is started."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands import parts
from bot.site.environment import read_environment


def test_a_token_that_begins_with_a_dash_is_no_option(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []

    def execve(_path: str, command: list[str], _environment: Any) -> None:
        started.append(command)

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.setattr(parts, "model_file", lambda: Path(__file__))
    monkeypatch.setattr(parts, "write_endpoints", lambda *_: tmp_path)
    here = "http://127.0.0.1:1"
    settings = read_environment()
    parts.become_rasa(replace(settings, inner_token="-a", rasa_url=here, actions_url=here))
    assert "--auth-token=-a" in started[0]
    assert "-a" not in started[0]
