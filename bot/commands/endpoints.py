"""Writes Rasa's endpoints for this installation: where actions, the tracker store and the lock
store are.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from bot.site.environment import Environment


def write_endpoints(settings: Environment, actions_url: str) -> Path:
    """The path of the file, readable by its owner only (it may hold the database's password)."""
    endpoints: dict[str, Any] = {
        "action_endpoint": {"url": f"{actions_url}/webhook"},
        "tracker_store": _tracker_store(settings),
    }
    if settings.redis_url:
        endpoints["lock_store"] = _lock_store(settings.redis_url)
    folder = settings.data_dir / "run"
    folder.mkdir(exist_ok=True)
    path = folder / "endpoints.yml"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(endpoints, file, sort_keys=False)
    return path


def _tracker_store(settings: Environment) -> dict[str, Any]:
    parts = urlsplit(settings.database_url)
    if not parts.scheme.startswith("postgres"):
        # In a file of its own: Rasa's writes never wait for ours.
        return {"type": "SQL", "dialect": "sqlite", "db": str(settings.data_dir / "rasa.sqlite3")}
    store: dict[str, Any] = {"type": "SQL", "dialect": "postgresql", "db": parts.path.lstrip("/")}
    store["url"] = parts.hostname or "127.0.0.1"
    if parts.port:
        store["port"] = parts.port
    if parts.username:
        store["username"] = unquote(parts.username)
    if parts.password:
        store["password"] = unquote(parts.password)
    return store


def _lock_store(redis_url: str) -> dict[str, Any]:
    parts = urlsplit(redis_url)
    store: dict[str, Any] = {
        "type": "redis",
        "url": parts.hostname or "127.0.0.1",
        "port": parts.port or 6379,
    }
    if parts.path.strip("/").isdigit():
        store["db"] = int(parts.path.strip("/"))
    if parts.password:
        store["password"] = unquote(parts.password)
    if parts.scheme == "rediss":
        store["use_ssl"] = True
    return store
