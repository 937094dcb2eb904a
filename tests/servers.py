"""A PostgreSQL and a Redis for tests: one that answers locally, else one of the tests' own.

A missing one is a failure with a clear sentence, never a silent skip.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tests.running import free_port

USER = "postgres"


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database that goes when the block ends."""
    with contextlib.ExitStack() as stack:
        server = os.environ.get("MAM_TEST_POSTGRESQL") or f"postgresql://{USER}@127.0.0.1:5432"
        if not _answers(server):
            server = stack.enter_context(_own_postgresql())
        name = f"mam_test_{secrets.token_hex(4)}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
                admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis."""
    url = os.environ.get("MAM_TEST_REDIS") or "redis://127.0.0.1:6379/9"
    with contextlib.suppress(redis.RedisError):
        redis.Redis.from_url(url, socket_connect_timeout=1).ping()
        yield url
        return
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("no Redis answers at 127.0.0.1:6379 and there is no redis-server to start")
    port = free_port()
    process = subprocess.Popen(
        [program, "--port", str(port), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    try:
        time.sleep(1)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def _own_postgresql() -> Iterator[str]:
    folders = [Path(shutil.which("initdb") or "/nowhere").parent]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    programs = next((folder for folder in folders if (folder / "initdb").is_file()), None)
    if programs is None:
        pytest.fail("no PostgreSQL answers at 127.0.0.1:5432 and there is no initdb to start one")
    # initdb refuses root.
    before = ["setpriv", "--reuid=nobody", "--clear-groups"] if getpass.getuser() == "root" else []
    with tempfile.TemporaryDirectory(prefix="mam-pg-") as folder:
        if before:
            shutil.chown(folder, "nobody")
        data, port = Path(folder) / "data", free_port()
        initdb = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"]
        subprocess.run([*before, *map(str, initdb)], check=True, stdout=subprocess.DEVNULL)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        control = [*before, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL)


def _answers(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True
