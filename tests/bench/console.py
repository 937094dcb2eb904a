"""Server times of the counsellors' console on 2,000 invented cases and 200,000 messages."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.bench.rates import quantiles

REQUESTS = 100
WARM = 3
# Milliseconds at p95.
QUEUE_BAR, CASE_BAR, BOARD_BAR = 200, 300, 300
SCOPES = ("all", "waiting", "mine", "team", "parent", "snoozed", "closed")
FILTERS = (
    "reason=developmental_concern",
    "priority=urgent",
    "topic=nutrition",
    "q=sốt",
    "scope=closed&q=12",
    "scope=closed&q=không ngủ",
)
COUNSELLOR, SUPERVISOR = "demo-tu-van-01", "demo-giam-sat-1"


def console_times() -> list[str]:
    """A Markdown table, measured in a process of its own on a throw-away database."""
    with tempfile.TemporaryDirectory(prefix="mam-console-") as folder:
        environment = {
            **os.environ,
            "MAM_DATA_DIR": folder,
            "DATABASE_URL": "",
            "TELEGRAM_BOT_TOKEN": "",
            "OMP_NUM_THREADS": "1",
        }
        mam = Path(sys.executable).with_name("mam")
        begun = time.monotonic()
        subprocess.run([mam, "demo", "seed", "--yes"], env=environment, check=True)
        took = time.monotonic() - begun
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.console"],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return [f"`mam demo seed`, with the database made anew: {took:.0f} s", "", done.stdout.strip()]


def measure() -> list[str]:
    """Each page by Django's test client, its middleware included; raises when one is not shown."""
    from bot.commands.django_ready import setup_django

    setup_django()
    from bot.counselling.models import Case

    supervisor, counsellor = _signed_in(SUPERVISOR), _signed_in(COUNSELLOR)
    longest = Case.objects.exclude(conversation=None).order_by("-conversation__inbound__pk")
    numbers = list(dict.fromkeys(longest.values_list("pk", flat=True)[:4000]))[:REQUESTS]
    queue = [*(f"scope={scope}" for scope in SCOPES), *FILTERS]
    rows = [
        ("queue", QUEUE_BAR, counsellor, [f"/console/?{query}" for query in queue]),
        ("queue, supervisor", QUEUE_BAR, supervisor, [f"/console/?{query}" for query in queue]),
        ("case", CASE_BAR, supervisor, [f"/console/{number}/" for number in numbers]),
        ("board", BOARD_BAR, supervisor, ["/console/board/"]),
        ("figures, 8 weeks", BOARD_BAR, supervisor, ["/console/figures/"]),
    ]
    lines = [
        "| page | requests | p50 ms | p95 ms | bar at p95 | met | processor ms at p95 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, bar, get, addresses in rows:
        times = [_timed(get, address) for address in _enough(addresses)][WARM:]
        p50, p95 = quantiles([whole for whole, _ in times])
        # Where other programs are at work, this tells what an idle machine would need.
        _, busy = quantiles([processor for _, processor in times])
        met = "yes" if p95 <= bar else "no"
        lines.append(
            f"| {name} | {REQUESTS} | {p50:.0f} | {p95:.0f} | {bar} | {met} | {busy:.0f} |"
        )
    return lines


def _enough(addresses: list[str]) -> list[str]:
    """As many as are asked for, each address in turn, after a few that warm the process."""
    turn = cycle(addresses)
    return [next(turn) for _ in range(WARM + REQUESTS)]


def _signed_in(account: str) -> Callable[[str], Any]:
    from django.contrib.auth.models import User
    from django.contrib.auth.signals import user_logged_in
    from django.test import Client

    from tests.staff.people import do_second_step

    # Invented supervisors have no telephone to read a code from.
    user_logged_in.connect(do_second_step, dispatch_uid="bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=account))
    return client.get


def _timed(get: Callable[[str], Any], address: str) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor."""
    begun, busy = time.perf_counter(), time.process_time()
    answer = get(address)
    took = (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return took


if __name__ == "__main__":
    sys.stdout.write("\n".join(measure()) + "\n")
