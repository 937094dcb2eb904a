"""The action server, started without Rasa's own package (rasa-sdk alone, so that it stays small)."""  # noqa: E501

import argparse

import bot.nlu.light  # noqa: F401


def main() -> None:
    """Serves `actions` on SANIC_HOST."""
    from rasa_sdk.endpoint import run

    from bot.commands.django_ready import setup_django

    setup_django()
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    run("actions", port=parser.parse_args().port)


if __name__ == "__main__":
    main()
