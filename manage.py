#!/usr/bin/env python
"""Django's own commands, for developers; everybody else uses `mam`."""

import os
import sys

import bot.nlu.light  # noqa: F401

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
