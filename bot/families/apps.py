"""Registers the app."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "bot.families"
    verbose_name = "Gia đình"
