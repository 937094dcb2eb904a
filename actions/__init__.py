"""Actions of the assistant, one module a conversation. They speak; the work is done by bot's
services.
"""

import os

import bot.nlu.light  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.site.settings")

import django

django.setup()
