"""Registers the app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "bot.staff"
    verbose_name = "Nhân viên"

    def ready(self) -> None:
        from bot.staff import signals  # noqa: F401
