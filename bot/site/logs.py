"""Logging: events with fields and our own row ids; JSON when not on a terminal. Never a parent's
words.

httpx at INFO prints addresses (a bot token stands in Telegram's), Rasa at debug prints messages: both are held.
"""  # noqa: E501

from __future__ import annotations

import logging
import sys

import structlog

# These say too much below the level given here.
HELD = {
    "httpx": "WARNING",
    "httpcore": "WARNING",
    "telegram": "WARNING",
    "rasa": "INFO",
    "rasa_sdk": "INFO",
    "asyncio": "WARNING",
    # A line for each row that Wagtail indexes says nothing.
    "django_tasks": "WARNING",
    "modelsearch": "WARNING",
    "wagtail": "WARNING",
}


def configure_logs(level: str = "INFO") -> None:
    """Sets up structlog and the standard library's logging for this process."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _strip_exception,
    ]
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, held in HELD.items():
        logging.getLogger(name).setLevel(held)


def _strip_exception(
    _logger: object, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Keeps an error's type and place, drops its text: a text may quote a parent."""
    info = event.pop("exc_info", None)
    if info:
        error = (
            info[1]
            if isinstance(info, tuple)
            else info
            if isinstance(info, BaseException)
            else sys.exc_info()[1]
        )
        if error is not None:
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            event["error"] = type(error).__name__
            if frame is not None:
                event["at"] = (
                    f"{frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno}"
                )
    return event
