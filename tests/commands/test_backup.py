"""A backup comes back whole, keeps what it replaces, and is refused when it is damaged."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.running import MAM

pytestmark = pytest.mark.django_db(databases=[])
PASSWORD = "Mot-mat-khau-du-dai-7"


def mam(data_dir: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    data_dir.mkdir(exist_ok=True)
    environment = {**os.environ, "MAM_DATA_DIR": str(data_dir), "DATABASE_URL": ""}
    return subprocess.run(
        [str(MAM), *arguments],
        input=text,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )


def add(data_dir: Path, name: str) -> None:
    done = mam(
        data_dir,
        *("user", "add", name, "--role", "counsellor", "--password-stdin"),
        text=PASSWORD + "\n",
    )
    assert done.returncode == 0, done.stderr


def test_what_was_saved_comes_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    here, there, archive = tmp_path / "here", tmp_path / "there", tmp_path / "mam.tar.gz"
    add(here, "lan")
    assert mam(here, "backup", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0, "it holds parents' words"
    add(there, "mai")
    done = mam(there, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    listed = mam(there, "user", "list").stdout
    assert "lan" in listed
    assert "mai" not in listed
    kept = list(there.glob("truoc-khi-khoi-phuc-*.tar.gz"))
    assert len(kept) == 1
    assert mam(there, "restore", str(kept[0])).returncode == 0
    assert "mai" in mam(there, "user", "list").stdout


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    here, archive = tmp_path / "here", tmp_path / "mam.tar.gz"
    add(here, "lan")
    mam(here, "backup", str(archive))
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(archive.read_bytes()[:-2000])
    add(here, "mai")
    done = mam(here, "restore", str(broken))
    assert done.returncode == 1
    assert "hỏng" in done.stderr.splitlines()[-1]
    assert "mai" in mam(here, "user", "list").stdout
