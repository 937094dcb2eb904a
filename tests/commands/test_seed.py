"""A new data folder starts from a ready database, and nobody's data is in it."""

import sqlite3
from pathlib import Path

import pytest

from bot.commands import seed


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(seed, "MODELS", tmp_path / "models")
    return tmp_path / "models"


def made(path: Path, words: str) -> Path:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE library (words TEXT)")
        database.execute("INSERT INTO library VALUES (?)", [words])
    return path


def words_in(path: Path) -> str:
    with sqlite3.connect(path) as database:
        return str(database.execute("SELECT words FROM library").fetchone()[0])


def test_without_a_seed_nothing_is_made(models: Path, tmp_path: Path) -> None:
    assert not seed.start_from_seed(tmp_path / "new/mam.sqlite3")
    assert not (tmp_path / "new/mam.sqlite3").exists()


def test_a_new_folder_gets_a_copy_that_is_its_own(models: Path, tmp_path: Path) -> None:
    seed.keep_as_seed(made(tmp_path / "ready.sqlite3", "thư viện"))
    new = tmp_path / "new/mam.sqlite3"
    assert seed.start_from_seed(new)
    with sqlite3.connect(new) as database:
        database.execute("UPDATE library SET words = 'sửa'")
    assert words_in(seed.seed_file()) == "thư viện"


def test_a_database_that_is_there_is_left_alone(models: Path, tmp_path: Path) -> None:
    seed.keep_as_seed(made(tmp_path / "ready.sqlite3", "thư viện"))
    own = made(tmp_path / "own.sqlite3", "của mình")
    assert not seed.start_from_seed(own)
    assert words_in(own) == "của mình"


def test_only_the_newest_seed_stays_and_no_draft(models: Path, tmp_path: Path) -> None:
    models.mkdir()
    (models / "seed-000000000000.sqlite3").touch()
    seed.keep_as_seed(made(tmp_path / "ready.sqlite3", "thư viện"))
    assert [path.name for path in models.iterdir()] == [seed.seed_file().name]


def test_a_folder_that_cannot_be_written_is_no_fault(models: Path, tmp_path: Path) -> None:
    models.write_text("no folder")
    seed.keep_as_seed(made(tmp_path / "ready.sqlite3", "thư viện"))
