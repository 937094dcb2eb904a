"""Times from inbox to outbox while messages come at a steady rate, each in a chat of its own."""

from __future__ import annotations

import statistics
import time

RATES = (1, 5, 10)
MESSAGES = 40
TEXTS = ("bé mấy tháng thì ăn dặm được ạ", "chào mầm", "be 8 thang sot 39 co giat", "em cảm ơn ạ")


def measure(rate: int) -> list[float]:
    """Milliseconds of each message."""
    from bot.commands.terminal import Start, answer, open_conversation, put, wait

    conversations = [open_conversation(Start(5)) for _ in range(MESSAGES)]
    rows, begun = [], time.monotonic()
    for number, conversation in enumerate(conversations):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        rows.append((put(conversation, text=TEXTS[number % len(TEXTS)]), conversation.address))
    return [float(answer(wait(row), address)["ms"]) for row, address in rows]


def quantiles(times: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95) - 1]
