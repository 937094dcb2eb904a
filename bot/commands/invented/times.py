"""When invented things happen: mostly in the daytime of working days, some in the evening and at
night.
"""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# How often a message comes in each hour of the day, and on each day of the week from Monday.
HOURS = (2, 1, 1, 1, 1, 3, 6, 10, 22, 26, 24, 16, 12, 14, 22, 24, 20, 14, 10, 12, 16, 15, 9, 4)
WEEKDAYS = (24, 22, 21, 20, 19, 11, 9)
MORNING, EVENING = 8, 17


class Times:
    def __init__(self, rng: random.Random, zone: ZoneInfo) -> None:
        self.rng, self.zone = rng, zone

    def moment(self, since: datetime, until: datetime) -> datetime:
        """A moment within, at an hour and on a weekday people write; short stretches: any."""
        stretch = until - since
        found = since + stretch * self.rng.random()
        for _ in range(8 if stretch > timedelta(days=1) else 0):
            local = found.astimezone(self.zone)
            likely = HOURS[local.hour] * WEEKDAYS[local.weekday()] / (max(HOURS) * max(WEEKDAYS))
            if self.rng.random() < likely:
                break
            found = since + stretch * self.rng.random()
        return found

    def wait(self, median_minutes: float, spread: float = 0.7) -> timedelta:
        """How long something took: half of all take less than the median, a few take very long."""
        return timedelta(minutes=median_minutes * math.exp(self.rng.gauss(0, spread)))

    def next_working(self, at: datetime) -> datetime:
        """The moment itself in the daytime of a working day, else the next morning."""
        local = at.astimezone(self.zone)
        if local.weekday() < 5 and MORNING <= local.hour < EVENING:
            return at
        if local.hour >= MORNING:
            local += timedelta(days=1)
        local = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        while local.weekday() >= 5:
            local += timedelta(days=1)
        return local.astimezone(at.tzinfo)
