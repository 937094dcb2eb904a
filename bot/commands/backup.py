"""`mam backup` and `mam restore`: everything that is not in the repository, taken while Mầm runs."""  # noqa: E501

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

import click

from bot.site.environment import Environment, read_environment

# Kept beside the databases; logs and run-time files are not.
FILES = ("secret-key", "inner-token")
FOLDERS = ("uploads", "exports")
DATABASES = ("mam.sqlite3", "rasa.sqlite3")
DUMP = "postgresql.dump"
MANIFEST = "manifest.json"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Sao lưu cơ sở dữ liệu, tệp tải lên và khoá; Mầm vẫn chạy.  Ví dụ: mam backup mam.tar.gz"""
    click.echo(f"{write_backup(read_environment(), file)} tệp trong {file}", err=True)


def write_backup(settings: Environment, file: Path) -> int:
    """Writes the archive whole or not at all, readable by its owner alone; how many files."""
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as name:
        folder = Path(name)
        _copy_out(settings, folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        sums = {str(path.relative_to(folder)): _sum(path) for path in paths}
        (folder / MANIFEST).write_text(json.dumps(sums), encoding="utf-8")
        temporary = file.with_name(f"{file.name}.part")
        with (
            os.fdopen(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as stream,
            tarfile.open(fileobj=stream, mode="w:gz") as archive,
        ):
            archive.add(folder, arcname=".")
        temporary.replace(file)
    return len(sums)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def restore(file: Path, yes: bool) -> None:
    """Khôi phục bản sao lưu vào thư mục dữ liệu (hãy dừng Mầm trước). Dữ liệu đang có được sao lưu
    lại trước khi bị thay.  Ví dụ: mam restore mam.tar.gz
    """
    settings = read_environment()
    has_data = any((settings.data_dir / name).is_file() for name in DATABASES)
    # A script is not asked: what it replaces is kept.
    if has_data and not yes and sys.stdin.isatty():
        click.confirm(
            f"Thay dữ liệu trong {settings.data_dir} bằng bản sao lưu", abort=True, err=True
        )
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as name:
        folder = Path(name)
        try:
            with tarfile.open(file) as archive:
                archive.extractall(folder, filter="data")
            sums = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (tarfile.TarError, OSError, ValueError, EOFError) as error:
            raise click.ClickException(
                f"{file} không phải bản sao lưu của Mầm, hoặc đã hỏng"
            ) from error
        for path, expected in sums.items():
            if not (folder / path).is_file() or _sum(folder / path) != expected:
                raise click.ClickException(f"bản sao lưu hỏng: {path}")
        if has_data:
            kept = settings.data_dir / f"truoc-khi-khoi-phuc-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"  # noqa: DTZ005
            write_backup(settings, kept)
            click.echo(f"Dữ liệu trước đó nằm trong {kept}", err=True)
        _copy_in(settings, folder)
    click.echo("Đã khôi phục.", err=True)


def _copy_out(settings: Environment, folder: Path) -> None:
    if settings.database_url.startswith("postgres"):
        _postgres("pg_dump", "--format=custom", f"--file={folder / DUMP}", settings.database_url)
    for name in DATABASES:
        if (settings.data_dir / name).is_file():
            with (
                sqlite3.connect(settings.data_dir / name) as source,
                sqlite3.connect(folder / name) as target,
            ):
                source.backup(target)
            source.close()
            target.close()
    for name in FILES:
        if (settings.data_dir / name).is_file():
            shutil.copy2(settings.data_dir / name, folder / name)
    for name in FOLDERS:
        if (settings.data_dir / name).is_dir():
            shutil.copytree(settings.data_dir / name, folder / name)


def _copy_in(settings: Environment, folder: Path) -> None:
    if (folder / DUMP).is_file():
        if not settings.database_url.startswith("postgres"):
            raise click.ClickException("bản sao lưu từ PostgreSQL: đặt DATABASE_URL rồi khôi phục")
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            f"--dbname={settings.database_url}",
            str(folder / DUMP),
        )
    for name in DATABASES:
        if (folder / name).is_file():
            for old in (name, f"{name}-wal", f"{name}-shm"):
                (settings.data_dir / old).unlink(missing_ok=True)
            shutil.copy2(folder / name, settings.data_dir / name)
    for name in FILES:
        if (folder / name).is_file():
            shutil.copy2(folder / name, settings.data_dir / name)
    for name in FOLDERS:
        if (folder / name).is_dir():
            shutil.copytree(folder / name, settings.data_dir / name, dirs_exist_ok=True)


def _postgres(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise click.ClickException(f"cần {command[0]} (gói postgresql-client)") from error
    except subprocess.CalledProcessError as error:
        raise click.ClickException(
            f"{command[0]}: {error.stderr.strip().splitlines()[-1]}"
        ) from error


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
