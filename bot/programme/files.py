"""An article or card as a Markdown file: parsed into plain data, and written in the one canonical
form.

Knows no database. The form is INTERFACES.md's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.programme.errors import FileFault

MORE, DOCTOR, DONT, MEANWHILE = "Thêm", "Khi nào cần đi khám", "Không làm", "Trong lúc chờ"
AGE_HEADING = re.compile(r"Theo tuổi: (\d+)-(\d+)$")
ARTICLE_KEYS = (
    *(
        "slug",
        "title",
        "domain",
        "topics",
        "ages",
        "pregnancy",
        "questions",
        "related",
        "counsellor",
    ),
    *("sources", "live", "note", "review", "valid"),
)
CARD_KEYS = (
    "slug",
    "title",
    "danger",
    "signs",
    "topics",
    "sources",
    "live",
    "note",
    "review",
    "valid",
)
OPTIONAL: dict[str, Any] = {
    "topics": [],
    "pregnancy": False,
    "related": [],
    "counsellor": False,
    "valid": None,
}
REVIEW_KEYS = ("state", "by", "on", "again")


# A SafeLoader; the one in C is five times as quick, and not every installation of PyYAML has it.
FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(FASTEST):  # type: ignore[misc]
    """YAML 1.2's booleans: `on` is a key of ours, not a truth."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass
class ContentFile:
    """One file's head and parts. `parts` maps a heading to its text; "" is what stands before any."""  # noqa: E501

    head: dict[str, Any]
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return str(self.head["slug"])

    def variants(self) -> list[tuple[int, int, str]]:
        """(from, to, text) of the parts by age, in their order."""
        found = []
        for heading, text in self.parts.items():
            if match := AGE_HEADING.match(heading):
                found.append((int(match[1]), int(match[2]), text))
        return found


def parse(text: str, path: Path | str, *, is_card: bool = False) -> ContentFile:
    """Reads a file's text. Raises FileFault with the line of the fault."""
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        raise FileFault(path, 1, "đầu tệp phải nằm giữa hai dòng ---")
    head: Any = None
    head_text, _, body = text[4:].partition("\n---\n")
    try:
        head = yaml.load(head_text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FileFault(path, mark.line + 2 if mark else 1, "đầu tệp không đọc được") from error
    if not isinstance(head, dict):
        raise FileFault(path, 2, "đầu tệp không đọc được")
    _check_keys(head, head_text, path, CARD_KEYS if is_card else ARTICLE_KEYS)
    first_line = head_text.count("\n") + 4
    allowed = {DONT, MEANWHILE} if is_card else {MORE, DOCTOR}
    return ContentFile({**OPTIONAL, **head}, _parts(body, first_line, path, allowed, is_card))


def serialise(content: ContentFile, *, is_card: bool = False) -> str:
    """The file in canonical form."""
    lines = ["---"]
    for key in CARD_KEYS if is_card else ARTICLE_KEYS:
        value: Any = content.head.get(key)
        if key in OPTIONAL and value == OPTIONAL[key]:
            continue
        if key == "questions":
            lines += ["questions:", *(f"  - {_scalar(question)}" for question in value)]
        elif key == "review":
            lines.append(
                "review: {" + ", ".join(f"{k}: {_scalar(value.get(k))}" for k in REVIEW_KEYS) + "}"
            )
        else:
            lines.append(f"{key}: {_flow(value)}")
    lines.append("---")
    body = [content.parts.get("", "")]
    for heading, text in content.parts.items():
        if heading:
            body.append(f"## {heading}\n{text}")
    return "\n".join(lines) + "\n" + "\n\n".join(body) + "\n"


def _check_keys(
    head: dict[str, Any], head_text: str, path: Path | str, known: tuple[str, ...]
) -> None:
    for key in head:
        if key not in known:
            raise FileFault(path, _line_of(head_text, str(key)), f"mục lạ: {key}")
    for key in known:
        if key not in head and key not in OPTIONAL:
            raise FileFault(path, 2, f"thiếu mục {key}")
    review: Any = head["review"]
    if not isinstance(review, dict) or set(review) != set(REVIEW_KEYS):
        raise FileFault(
            path, _line_of(head_text, "review"), f"review cần đúng các mục {', '.join(REVIEW_KEYS)}"
        )
    if not isinstance(review["again"], date):
        raise FileFault(
            path, _line_of(head_text, "review"), "review.again phải là ngày dạng 2027-05-31"
        )
    lists = [
        key for key in ("topics", "ages", "questions", "related", "sources", "signs") if key in head
    ]
    for key in lists:
        if not isinstance(head[key], list):
            raise FileFault(path, _line_of(head_text, key), f"{key} phải là một danh sách")
    ages = head.get("ages", [])
    if ages and not (
        len(ages) == 2 and all(type(age) is int for age in ages) and 0 <= ages[0] < ages[1]
    ):
        raise FileFault(
            path, _line_of(head_text, "ages"), "ages phải là [từ, đến] theo tháng, từ nhỏ hơn đến"
        )


def _parts(
    body: str, first_line: int, path: Path | str, allowed: set[str], is_card: bool
) -> dict[str, str]:
    parts: dict[str, str] = {}
    heading = ""
    lines: list[str] = []
    for number, line in enumerate(body.splitlines(), first_line):
        if line.startswith("## "):
            parts[heading] = "\n".join(lines).strip("\n")
            heading, lines = line[3:].strip(), []
            if heading not in allowed and (is_card or not AGE_HEADING.match(heading)):
                raise FileFault(path, number, f"phần lạ: {heading}")
            if heading in parts:
                raise FileFault(path, number, f"phần lặp lại: {heading}")
        else:
            lines.append(line)
    parts[heading] = "\n".join(lines).strip("\n")
    return parts


def _line_of(head_text: str, key: str) -> int:
    for number, line in enumerate(head_text.splitlines(), 2):
        if line.startswith(f"{key}:"):
            return number
    return 2


class _Plain(yaml.SafeDumper):
    """Writes scalars on one line, whatever their length."""


def _scalar(value: Any, *, in_flow: bool = False) -> str:
    text: str = yaml.dump(
        [value] if in_flow else value,
        Dumper=_Plain,
        allow_unicode=True,
        width=10**9,
        default_flow_style=True if in_flow else None,
    )
    text = text.strip().removesuffix("...").strip()
    return text[1:-1] if in_flow else text


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item, in_flow=True) for item in value) + "]"
    return _scalar(value)
