"""Every benchmark in one run, printed as Markdown for docs/benchmarks.md.

make bench                 all
python -m tests.bench diet one of: way, diet, library, console
"""

from __future__ import annotations

import sys
import time

from bot.commands.throwaway import inner_processes
from tests.bench.console import console_times
from tests.bench.diet import compare_intents
from tests.bench.library_size import compare_library_sizes
from tests.bench.memory import memory_mb, web_server
from tests.bench.publishing import seconds_to_live
from tests.bench.rates import RATES, measure, quantiles


def the_way_of_a_message() -> list[str]:
    """Cold start, times from inbox to outbox, publish to live, memory."""
    begun = time.monotonic()
    with inner_processes(throw_away=True), web_server():
        lines = [
            f"Cold start on a trained tree, library loaded anew: {time.monotonic() - begun:.0f} s",
            "",
            "| messages a second | p50 ms | p95 ms |",
            "|---|---|---|",
        ]
        measure(5)  # warms every process
        for rate in RATES:
            p50, p95 = quantiles(measure(rate))
            lines.append(f"| {rate} | {p50:.0f} | {p95:.0f} |")
        times = seconds_to_live()
        lines += ["", f"Publish to live: {max(times):.2f} s at most of {len(times)} edits"]
        used = memory_mb()
        lines += ["", ", ".join(f"{part} {size:.0f} MB" for part, size in used.items())]
        lines.append(f"all processes together: {sum(used.values()):.0f} MB")
        return lines


PARTS = {
    "way": the_way_of_a_message,
    "diet": compare_intents,
    "library": compare_library_sizes,
    "console": console_times,
}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        sys.stdout.write("\n".join(PARTS[name]()) + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
