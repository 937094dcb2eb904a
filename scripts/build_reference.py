"""Writes docs/reference.md from the code: commands, slots, intents. `--check` only compares.

.venv/bin/python scripts/build_reference.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "docs/reference.md"


def reference() -> str:
    """The page's text."""
    from bot.cli import COMMANDS, group

    lines = [
        "# Reference",
        "",
        "Made by `scripts/build_reference.py`, not by hand; settings: [operators](operators.md).",
        "",
        "## Commands",
        "",
    ]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None  # noqa: S101
        lines += _command(["mam", name], command)
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    lines += ["## Slots", "", "| slot | type | influences the dialogue |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {slot['type']} | {'yes' if slot['influence_conversation'] else 'no'} |"
        for name, slot in domain["slots"].items()
    ]
    lines += ["", "## Intents", "", ", ".join(f"`{name}`" for name in domain["intents"]), ""]
    return "\n".join(lines)


def _command(path: list[str], command: click.Command) -> list[str]:
    lines = [f"### {' '.join(path)}", "", *_paragraphs(command.help or ""), ""]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{', '.join(p.opts)}` | {p.help or ''} |" for p in options]
        lines.append("")
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            lines += _command([*path, name], child)
    return lines


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\b", "").strip().splitlines()]


def main() -> None:
    text = reference()
    if "--check" in sys.argv[1:]:
        if not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit("docs/reference.md is old: run .venv/bin/python scripts/build_reference.py")
        return
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
