"""Addresses of the channels: the web chat at the root, Telegram's webhook, what is kept of a
family.
"""

from django.urls import path

from bot.messaging import webchat
from bot.messaging.channels.telegram.webhook import webhook

app_name = "messaging"
urlpatterns = [
    path("", webchat.chat_page, name="chat"),
    path("tro-chuyen/gui/", webchat.send, name="send"),
    path("tro-chuyen/dong/", webchat.stream, name="stream"),
    path("tro-chuyen/xoa/", webchat.erase, name="erase"),
    path("tro-chuyen/tep/<int:pk>/", webchat.attachment, name="attachment"),
    path("telegram/webhook/", webhook, name="telegram_webhook"),
    path("quyen-rieng-tu/", webchat.privacy_page, name="privacy"),
]
