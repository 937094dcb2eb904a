"""The rooms of the house: who may import whom (docs/architecture.md)."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEVEL = {
    "bot.nlu": 0,
    "bot.programme": 1,
    "bot.families": 1,
    "bot.staff": 1,
    "bot.messaging": 2,
    "bot.counselling": 3,
    "bot.courier": 4,
    "actions": 4,
    "bot.evaluation": 5,
    "bot.site": 5,
    "bot.commands": 6,
    "bot.cli": 6,
}
NEVER_IN_NLU = ("django", "wagtail", "telegram")


def room_of(module: str) -> str | None:
    return next(
        (
            room
            for room in sorted(LEVEL, key=len, reverse=True)
            if (module + ".").startswith(room + ".")
        ),
        None,
    )


def imports() -> list[tuple[Path, str, str]]:
    found = []
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")]:
        if "migrations" in path.parts:
            continue
        own = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [(path, own or "", name) for name in names]
    return found


def test_no_room_imports_one_above_it() -> None:
    seen = imports()
    assert len(seen) > 300
    # Each process begins with the settings, and the logs are set up there.
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path, own, name in seen
        if own and (other := room_of(name)) and LEVEL[other] > LEVEL[own]
    ]
    assert wrong == []


def test_understanding_knows_no_django() -> None:
    wrong = [
        name
        for _, own, name in imports()
        if own == "bot.nlu" and name.split(".")[0] in NEVER_IN_NLU
    ]
    assert wrong == []
