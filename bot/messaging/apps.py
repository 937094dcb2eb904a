"""Registers the app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "bot.messaging"
    verbose_name = "Tin nhắn"
