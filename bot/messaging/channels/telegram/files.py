"""Fetches what a parent sent (photo, voice, video, file), for the counsellor who holds the case."""

from __future__ import annotations

from django.conf import settings

from bot.messaging.models import InboundMessage

Kind = InboundMessage.Kind
MEDIA_TYPES = {
    Kind.PHOTO: "image/jpeg",
    Kind.VOICE: "audio/ogg",
    Kind.VIDEO: "video/mp4",
}


class NotFetched(Exception):
    """Telegram does not have it any more, or does not answer."""


def fetch(row: InboundMessage) -> tuple[bytes, str]:
    """The content and its media type. Raises NotFetched."""
    if not settings.MAM.telegram_token:
        raise NotFetched("no token")
    # The library takes half a second, which a web server that comes back does not have.
    from telegram.error import TelegramError

    from bot.messaging.channels.telegram.api import configured_api

    async def download(bot: object) -> bytes:
        file = await bot.get_file(row.detail["file_id"])  # type: ignore[attr-defined]
        return bytes(await file.download_as_bytearray())

    try:
        content = configured_api().call(download)
    except TelegramError as error:
        raise NotFetched(type(error).__name__) from error
    return content, MEDIA_TYPES.get(Kind(row.kind), "application/octet-stream")
