"""Django and the database, made ready for a command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def setup_django() -> None:
    """Loads Django alone; no query is made."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.site.settings")
    import bot.nlu.light  # noqa: F401

    django.setup()
    from django.conf import settings

    from bot.site.logs import configure_logs

    configure_logs(settings.MAM.log_level)


def ready_database(*, load_library: bool = True) -> None:
    """Makes and migrates the database and loads the shipped library when it is not there. Says so
    on stderr.
    """
    setup_django()
    from django.core.management import call_command
    from django.db import DEFAULT_DB_ALIAS, connections
    from django.db.migrations.executor import MigrationExecutor

    from bot.commands.seed import start_from_seed

    connection = connections[DEFAULT_DB_ALIAS]
    file = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    if file and load_library:
        start_from_seed(file)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        click.echo("Chuẩn bị cơ sở dữ liệu …", err=True)
        call_command("migrate", verbosity=0, interactive=False, stdout=sys.stderr)
    if load_library:
        from bot.programme.services import load_shipped_if_new

        load_shipped_if_new()
