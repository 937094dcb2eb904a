"""`mam`: the command line. Lists the commands; each lives in `bot.commands`."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mầm: trợ lý cho ba mẹ có con nhỏ."""
