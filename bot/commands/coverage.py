"""`mam library coverage`: real questions against the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot.commands.django_ready import ready_database

HEADER = "question"


@click.command("coverage")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Nhãn do người đọc ghi: số dòng, rồi slug hoặc none, clinician, out_of_scope.",
)
@click.option("--json", "as_json", is_flag=True, help="Dạng JSON.")
def coverage_command(file: Path, labels: Path | None, as_json: bool) -> None:
    """Câu hỏi thật, mỗi dòng một câu: có bài đúng không, bài nào, còn thiếu gì theo chủ đề.

    Ví dụ: mam library coverage cau-hoi.txt
    Ví dụ: mam library coverage cau-hoi.tsv --labels tests/data/coverage/labels.tsv
    """
    from rich.console import Console
    from rich.progress import track

    questions = read_questions(file)
    if not questions:
        raise click.ClickException(f"{file}: không có câu hỏi nào")
    ready_database()
    from bot.programme import coverage

    console = Console(stderr=True)
    if labels:
        try:
            rows = coverage.read_labels(labels)
        except ValueError as error:
            raise click.ClickException(f"{error}: cần số dòng, tab, rồi slug") from error
        with console.status("Đang tìm bài cho từng câu …"):
            figures = coverage.coverage_figures(questions, rows)
        click.echo(json.dumps(figures, ensure_ascii=False) if as_json else _figures(figures))
        return
    covered = coverage.cover(track(questions, "Đang tìm bài …", console=console))
    if as_json:
        click.echo(json.dumps([_as_dict(one) for one in covered], ensure_ascii=False))
        return
    for one in covered:
        best = one.result.hits[0] if one.result.hits and one.verdict != "chưa có" else None
        click.echo("\t".join((one.verdict, best.slug if best else "", one.question)))
    click.echo(_missing(covered, coverage.missing_by_topic(covered)))


def read_questions(file: Path) -> list[str]:
    """The first column of each line; a heading line and empty lines are left out."""
    lines = file.read_text(encoding="utf-8").splitlines()
    firsts = [line.split("\t")[0].strip() for line in lines]
    return [first for first in firsts[firsts[:1] == [HEADER] :] if first]


def _as_dict(one: Any) -> dict[str, Any]:
    return {
        "question": one.question,
        "verdict": one.verdict,
        "articles": [hit.as_dict() for hit in one.result.hits[:3]],
    }


def _missing(covered: list[Any], groups: dict[str, list[str]]) -> str:
    lines = ["", "Chưa có bài, theo chủ đề gần nhất:"] if groups else ["", "Câu nào cũng có bài."]
    for near, questions in groups.items():
        lines += [f"{len(questions):4}  {near}", *(f"        {question}" for question in questions)]
    counts = {
        verdict: sum(one.verdict == verdict for one in covered)
        for verdict in ("có", "có thể", "chưa có")
    }
    return "\n".join([*lines, "", ", ".join(f"{name}: {n}" for name, n in counts.items())])


def _figures(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['n']} câu, {figures['in_scope']} trong phạm vi "
        f"({figures['clinician']} cần bác sĩ, {figures['out_of_scope']} ngoài phạm vi)",
        *(
            f"{name:32} {'-' if value is None else format(100 * value, '.1f')} %"
            for name, value in (
                ("có bài đúng", figures["covered"]),
                ("tìm ra ngay (trong số có bài)", figures["top1"]),
                ("tìm ra trong ba", figures["top3"]),
            )
        ),
        "Còn thiếu:",
        *(f"{count:4}  {topic}" for topic, count in figures["missing"].items()),
    ]
    return "\n".join(lines)
