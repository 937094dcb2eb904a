"""Fixtures for every test: a whole Mầm, a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot_api import TOKEN, BotApiServer
from tests.running import Running, start

GROUP = -100500


@pytest.fixture(scope="session")
def bot_api() -> Iterator[BotApiServer]:
    """The Telegram of the `running` Mầm."""
    with BotApiServer() as server:
        yield server


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, bot_api: BotApiServer) -> Iterator[Running]:
    """One Mầm for the tests that need the whole; they keep to conversations and accounts of their
    own. It logs all that it can, so that a test may look for what must not be there.
    """
    mam = start(
        tmp_path_factory.mktemp("running"),
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_BASE_URL=bot_api.url,
        MAM_COUNSELLOR_CHAT_ID=str(GROUP),
        MAM_LOG_LEVEL="DEBUG",
    )
    yield mam
    mam.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, as in a real installation: threads of a test then race on real connections."""
    from django.db import connections

    from bot.commands.seed import start_from_seed

    connection = connections["default"]
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("db") / "test.sqlite3"
        start_from_seed(path)
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Where training has made a ready database, tests go on from a copy of it."""
    from django.db import connections

    return Path(connections["default"].settings_dict["TEST"]["NAME"] or "").is_file()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shipped library is there, as in a real installation."""
    from django.db import connection

    from bot.programme.models import ShippedLibrary
    from bot.programme.services import load_shipped_if_new

    with django_db_blocker.unblock():
        # Where only tests of the whole are run there is no database of the tests' own.
        if ShippedLibrary._meta.db_table in connection.introspection.table_names():
            load_shipped_if_new()


@pytest.fixture(scope="session", autouse=True)
def at_their_desk() -> Iterator[None]:
    """Whom a test signs in by force has done the second step too, as a person who sits there has;
    tests of signing in go through its pages.
    """
    from django.contrib.auth.signals import user_logged_in

    from tests.staff.people import do_second_step

    user_logged_in.connect(do_second_step, dispatch_uid="tests")
    yield
    user_logged_in.disconnect(dispatch_uid="tests")


@pytest.fixture(autouse=True)
def emptied_audit_trail(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """A test with real transactions has its tables emptied after it; of the audit trail the database
    would refuse that.
    """  # noqa: E501
    yield
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or (
        {"transactional_db", "live_server"} & set(request.fixturenames)
    ):
        from tests.staff.people import empty_audit_trail

        empty_audit_trail()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These share one running Mầm, so one process of pytest takes them all.

    Nothing that empties the database is among them: that process goes on with tests that need it.
    """
    for item in items:
        if "running" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("running"))
