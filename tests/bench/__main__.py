"""Times from inbox to outbox at several rates, and memory by process; prints a Markdown table.

The whole of Mầm but the web server runs, on a throw-away database with the shipped library.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

from bot.commands.throwaway import inner_processes

RATES = (1, 5, 10)
MESSAGES = 40
TEXTS = ("bé mấy tháng thì ăn dặm được ạ", "chào mầm", "be 8 thang sot 39 co giat", "em cảm ơn ạ")


def measure(rate: int) -> list[float]:
    """Milliseconds of each message; every message is a conversation of its own."""
    from bot.commands.terminal import Start, answer, open_conversation, put, wait

    conversations = [open_conversation(Start(5)) for _ in range(MESSAGES)]
    rows, begun = [], time.monotonic()
    for number, conversation in enumerate(conversations):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        rows.append((put(conversation, text=TEXTS[number % len(TEXTS)]), conversation.address))
    return [float(answer(wait(row), address)["ms"]) for row, address in rows]


def memory_mb() -> dict[str, float]:
    """Resident memory of our processes by their command's last word."""
    found: dict[str, float] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes().split(b"\0")
            pages = int((path / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        text = b" ".join(command).decode(errors="replace")
        for part, mark in (
            ("rasa", "-m rasa run"),
            ("actions", "actions_server"),
            ("courier", "mam run courier"),
        ):
            if mark in text:
                found[part] = found.get(part, 0) + pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return found


def main() -> None:
    out = sys.stdout
    begun = time.monotonic()
    with inner_processes(throw_away=True):
        out.write(f"cold start of Rasa, actions and courier: {time.monotonic() - begun:.0f} s\n\n")
        measure(5)  # warms every process
        out.write("| messages a second | p50 ms | p95 ms |\n|---|---|---|\n")
        for rate in RATES:
            times = sorted(measure(rate))
            p95 = times[int(len(times) * 0.95) - 1]
            out.write(f"| {rate} | {statistics.median(times):.0f} | {p95:.0f} |\n")
        out.write(
            "\n" + ", ".join(f"{part} {size:.0f} MB" for part, size in memory_mb().items()) + "\n"
        )


if __name__ == "__main__":
    main()
