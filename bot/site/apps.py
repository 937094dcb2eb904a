"""The project as an app, so that shared templates, static files and commands are found."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "bot.site"
    label = "site_frame"
    verbose_name = "Mầm"
