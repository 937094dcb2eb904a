"""What the bot says of itself on Telegram (commands, description), and its webhook."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
import yaml
from django.conf import settings
from telegram.error import RetryAfter, TelegramError

from bot.messaging.channels.telegram.api import BotApi
from bot.messaging.channels.telegram.readiness import Readiness
from bot.messaging.channels.telegram.updates import ALLOWED
from bot.messaging.channels.telegram.webhook import webhook_secret
from bot.messaging.links import keep_username

TEXTS = Path(__file__).resolve().parents[4] / "data/programme/telegram.yml"
WEBHOOK_PATH = "/telegram/webhook/"
LOOK_AGAIN_S = 300.0
MAX_WAIT_S = 30.0
logger = structlog.get_logger(__name__)


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """`commands` (name → description), `description`, `short_description`, settings filled in."""
    mam = settings.MAM
    found: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    for name in ("description", "short_description"):
        text = str(found[name]).strip()
        for key, value in (
            ("organisation", mam.organisation),
            ("contact", mam.contact),
            ("days", str(mam.retention_days)),
        ):
            text = text.replace("{" + key + "}", value)
        found[name] = text
    return found


def introduce(api: BotApi, stop: threading.Event) -> bool:
    """Sets commands and descriptions. False when Telegram would not have them now."""
    said = texts()
    try:
        api.call(lambda bot: bot.set_my_commands(list(said["commands"].items())), stop=stop)
        api.call(lambda bot: bot.set_my_description(said["description"][:512]), stop=stop)
        short = said["short_description"][:120]
        api.call(lambda bot: bot.set_my_short_description(short), stop=stop)
    except TelegramError as error:
        logger.warning("introduction_failed", reason=type(error).__name__)
        return False
    _learn_username(api, stop)
    return True


def _learn_username(api: BotApi, stop: threading.Event) -> None:
    """For links that open the bot; whatever goes wrong here, messages go on."""
    try:
        keep_username(api.call(lambda bot: bot.get_me(), stop=stop).username)
    except (TelegramError, AttributeError, TypeError, KeyError, OSError) as error:
        logger.info("username_unknown", reason=type(error).__name__)


def keep_webhook(api: BotApi, public_url: str, readiness: Readiness, stop: threading.Event) -> None:
    """Registers the webhook, and looks after it: another start of ours may have taken it away."""
    failures = 0
    introduced = False
    while not stop.is_set():
        try:
            api.call(
                lambda bot: bot.set_webhook(
                    public_url + WEBHOOK_PATH,
                    allowed_updates=ALLOWED,
                    secret_token=webhook_secret(),
                ),
                stop=stop,
            )
            readiness.ready()
            failures, wait = 0, LOOK_AGAIN_S
            introduced = introduced or introduce(api, stop)
        except TelegramError as error:
            failures += 1
            readiness.failed(type(error).__name__)
            logger.warning("webhook_failed", reason=type(error).__name__, failures=failures)
            wait = min(MAX_WAIT_S, 0.25 * 2.0**failures)
            if isinstance(error, RetryAfter):
                wait = error._retry_after.total_seconds()
        stop.wait(wait)
