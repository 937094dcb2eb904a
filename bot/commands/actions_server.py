"""The action server, started without Rasa's own package (rasa-sdk alone, so that it stays small)."""  # noqa: E501

import argparse
import threading

import structlog

import bot.nlu.light  # noqa: F401


def main() -> None:
    """Serves `actions` on SANIC_HOST."""
    from rasa_sdk.endpoint import run

    from bot.commands.django_ready import setup_django

    setup_django()
    # The first question need not wait for the index of the library.
    threading.Thread(target=_warm_index, daemon=True).start()
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    run("actions", port=parser.parse_args().port)


def _warm_index() -> None:
    from django.db import DatabaseError, close_old_connections

    from bot.programme.search import current_index

    try:
        current_index()
    except DatabaseError:
        # The database is made by another process at the very first start.
        structlog.get_logger(__name__).info("index_not_warm")
    finally:
        close_old_connections()


if __name__ == "__main__":
    main()
