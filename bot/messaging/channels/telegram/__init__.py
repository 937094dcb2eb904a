"""Telegram: updates into the inbox (by polling or webhook), the outbox to the Bot API."""
