"""`mam train`: Rasa's model, the screen's classifier and the library's vectors, side by side."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.commands.fingerprint import model_file
from bot.commands.paths import CONFIG, DOMAIN, MODELS, TRAINING_FOLDERS
from bot.site.environment import ROOT


@click.command()
@click.option("--force", is_flag=True, help="Huấn luyện lại dù đã có mô hình hợp.")
def train(force: bool) -> None:
    """Huấn luyện mô hình của Rasa, bộ phân loại nguy hiểm và véc-tơ của thư viện.

    Ví dụ: mam train --force
    """
    if not force and is_trained():
        click.echo(f"Mô hình đã hợp với dữ liệu: {model_file().name}", err=True)
        return
    train_all()
    click.echo(f"Xong: {model_file().name}", err=True)


def is_trained() -> bool:
    """Everything that training makes is there and fits the data."""
    from bot.nlu.screen.files import classifier_file

    return model_file().is_file() and classifier_file(MODELS).is_file()


def train_all() -> None:
    """Trains what is missing. Raises click.ClickException with the end of the log when a part
    fails.
    """
    MODELS.mkdir(exist_ok=True)
    own = [sys.executable, "-m", "bot.commands.train_parts"]
    parts = {
        "bộ lọc nguy hiểm": [*own, "screen"],
        "thư viện": [*own, "library"],
        "mô hình của Rasa": [
            *(sys.executable, "-m", "rasa", "train", "--out", str(MODELS), "--force"),
            *("--fixed-model-name", model_file().name.removesuffix(".tar.gz")),
            *("--config", str(CONFIG), "--domain", str(DOMAIN)),
            *("--data", *map(str, TRAINING_FOLDERS)),
        ],
    }
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress, ThreadPoolExecutor() as pool:
        tasks = {name: progress.add_task(f"Huấn luyện: {name}", total=1) for name in parts}
        jobs = {pool.submit(_run, name, command): name for name, command in parts.items()}
        for job in as_completed(jobs):
            job.result()
            progress.update(tasks[jobs[job]], completed=1)
    for old in sorted(MODELS.glob("mam-*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-3]:
        old.unlink()


def _run(name: str, command: list[str]) -> None:
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "OMP_NUM_THREADS": "1"}
    log = MODELS / f"training-{'rasa' if 'rasa' in command else command[-1]}.log"
    with log.open("wb") as file:
        done = subprocess.run(  # noqa: S603
            command, stdout=file, stderr=file, cwd=ROOT, env=environment, check=False
        )
    if done.returncode:
        end = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise click.ClickException(f"{end}\nHuấn luyện {name} không thành; toàn bộ nhật ký: {log}")
