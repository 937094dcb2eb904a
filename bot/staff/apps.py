"""Registers the app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "bot.staff"
    verbose_name = "Nhân viên"
