"""Registers the app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "bot.programme"
    verbose_name = "Thư viện"
