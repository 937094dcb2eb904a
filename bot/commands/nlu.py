"""`mam nlu`: the parts that understand Vietnamese, each alone, for tests and other people's data."""  # noqa: E501

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import bot.nlu.light  # noqa: F401
from bot.commands.paths import MODELS


@click.group()
def nlu() -> None:
    """Hiểu tiếng Việt, từng phần."""


@nlu.command("normalise")
def normalise_command() -> None:
    """Chuẩn hoá từng dòng.  Ví dụ: echo "be bij soots" | mam nlu normalise"""
    from bot.nlu.normalise import normalise

    _line_by_line(normalise)


@nlu.command("restore")
def restore_command() -> None:
    """Bỏ dấu lại cho từng dòng.  Ví dụ: echo "be bi sot" | mam nlu restore"""
    from bot.nlu.restore import restore

    _line_by_line(restore)


@nlu.command("screen")
@click.option("--no-encoder", is_flag=True, help="Không dùng véc-tơ câu.")
def screen_command(no_encoder: bool) -> None:
    """Riêng bộ lọc nguy hiểm, JSON từng dòng.  Ví dụ: echo '{"id":1,"text":"be co giat"}' | mam nlu
    screen
    """
    from bot.nlu.screen import Screen
    from bot.nlu.screen.files import classifier_file
    from bot.nlu.screen.training import train_classifier

    if not classifier_file(MODELS).is_file():
        train_classifier(MODELS)
    screen = Screen.load(MODELS)
    screen.judge("khởi động", use_encoder=not no_encoder)
    bad = 0
    for line in sys.stdin:
        if not line.strip():
            continue
        number = None
        try:
            request = json.loads(line)
            number = request.get("id")
            text = request["text"]
            begun = time.perf_counter()
            alert = screen.judge(
                text,
                child_months=request.get("child_months"),
                before=request.get("before") or (),
                use_encoder=not no_encoder,
            )
            took = round((time.perf_counter() - begun) * 1000, 3)
            told = screen.explain(text, alert).as_dict() if alert else None
            result = {"id": number, "alert": told, "ms": took}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            bad += 1
            result = {
                "id": number,
                "error": f"{type(error).__name__}: a line is an object with text",
            }
        click.echo(json.dumps(result, ensure_ascii=False))
    sys.exit(1 if bad else 0)


@nlu.command("fit-intents")
@click.option(
    "--train",
    "train_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
)
@click.option(
    "--test",
    "test_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
)
def fit_intents(train_file: Path, test_file: Path) -> None:
    """Huấn luyện bộ phân loại ý định trên tệp nhãn<TAB>câu; tự chọn cách học trên tệp --train.

    Ví dụ: mam nlu fit-intents --train a.tsv --test b.tsv
    """
    from sklearn.metrics import accuracy_score, f1_score

    from bot.nlu.encoder import encode_many
    from bot.nlu.intent_choice import ChosenModel, Line

    labels, texts = _labelled(train_file)
    if len(set(labels)) < 2:
        raise click.ClickException(f"{train_file}: cần ít nhất hai nhãn")
    truth, questions = _labelled(test_file)
    lines = [Line.of(text) for text in texts]
    model = ChosenModel.fit(lines, labels, encode_many([line.marked for line in lines]))
    click.echo(model.settings, err=True)
    begun = time.perf_counter()
    found = [model.label(text) for text in questions]
    _show(
        {
            "accuracy": float(accuracy_score(truth, found)),
            "macro_f1": float(f1_score(truth, found, average="macro")),
            "ms": (time.perf_counter() - begun) * 1000 / len(questions),
            "n": len(questions),
        }
    )


@nlu.command("rank")
@click.option(
    "--documents", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.option(
    "--queries", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
def rank(documents: Path, queries: Path) -> None:
    """Xếp hạng tài liệu cho câu hỏi, không huấn luyện.

    Ví dụ: mam nlu rank --documents tai-lieu.jsonl --queries cau-hoi.jsonl
    """
    from bot.nlu.ranking import rank_documents

    _show(
        rank_documents(
            _json_lines(documents, "id", "title"), _json_lines(queries, "id", "text", "relevant")
        )
    )


def _line_by_line(work: Callable[[str], str]) -> None:
    for line in sys.stdin:
        text = line.rstrip("\n")
        click.echo(work(text) if text.strip() else "")


def _lines(path: Path) -> list[str]:
    """Parted at line feeds alone: other separators may stand inside a text."""
    return [line.rstrip("\r") for line in path.read_text(encoding="utf-8-sig").split("\n")]


def _labelled(path: Path) -> tuple[list[str], list[str]]:
    rows = [line.split("\t", 1) for line in _lines(path) if line.strip()]
    if not rows or any(len(row) != 2 for row in rows):
        raise click.ClickException(f"{path}: mỗi dòng là nhãn<TAB>câu")
    return [row[0] for row in rows], [row[1] for row in rows]


def _json_lines(path: Path, *keys: str) -> list[dict[str, Any]]:
    """The objects of a file, one a line; each has the keys."""
    try:
        rows = [json.loads(line) for line in _lines(path) if line.strip()]
    except ValueError as error:
        raise click.ClickException(f"{path}: mỗi dòng là một đối tượng JSON ({error})") from error
    if not rows:
        raise click.ClickException(f"{path}: không có dòng nào")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or any(key not in row for key in keys):
            raise click.ClickException(f"{path}, dòng {number}: cần có {', '.join(keys)}")
    return rows


def _show(figures: dict[str, Any]) -> None:
    click.echo(
        json.dumps(
            {name: round(v, 4) if isinstance(v, float) else v for name, v in figures.items()}
        )
    )
