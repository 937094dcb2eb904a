"""Registers the app."""

from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    name = "bot.counselling"
    verbose_name = "Tư vấn"
