"""The public addresses of the channels: web chat and Telegram's webhook."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
