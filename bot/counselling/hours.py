"""Working time: pure calculation, without Django and without a clock of its own. Moments carry a
time zone; minutes are counted in real time, so a day on which clocks are put forward counts right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

Stretch = tuple[time, time]
UTC = timezone.utc
WEEKDAYS = range(7)
DAY = timedelta(days=1)
# An organisation that does not work for longer than this has no working hours.
LOOK_AHEAD_DAYS = 400
OFFICE: tuple[Stretch, ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
DEFAULT_WEEK: Mapping[int, tuple[Stretch, ...]] = dict.fromkeys(range(5), OFFICE)


@lru_cache(maxsize=32)
def public_holidays(year: int) -> Mapping[date, str]:
    """Days off by the labour code of Viet Nam, the lunar New Year and days in lieu among them, with
    their Vietnamese names.
    """
    import holidays  # a tenth of a second, which few processes need

    return dict(sorted(holidays.country_holidays("VN", years=year, language="vi").items()))


@dataclass(frozen=True)
class Calendar:
    """When people work. `days_off` and `days_on` beat the public holidays; a day that is worked
    though its weekday is free has the hours of the first weekday that has any.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[Stretch, ...]] = field(default_factory=lambda: DEFAULT_WEEK)
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()

    def stretches_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working time of a day, in UTC, in order and without overlaps."""
        if day in self.days_on:
            hours = self.week.get(day.weekday()) or self._usual()
        elif day in self.days_off or day in public_holidays(day.year):
            hours = ()
        else:
            hours = self.week.get(day.weekday(), ())
        found: list[tuple[datetime, datetime]] = []
        for starts, ends in sorted(hours):
            start, end = self._moment(day, starts), self._moment(day, ends)
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif end > start:
                found.append((start, end))
        return found

    def is_working(self, moment: datetime) -> bool:
        """Whether the moment lies in working time: from the first minute up to but not including the
        end.
        """  # noqa: E501
        return any(start <= moment < end for start, end in self.stretches_on(self._day(moment)))

    def working_minutes(self, start: datetime, end: datetime) -> float:
        """Working minutes between two moments; 0 when the second is not later."""
        total, day, last = timedelta(), self._day(start), self._day(end)
        while day <= last:
            for begins, ends in self.stretches_on(day):
                total += max(timedelta(), min(ends, end) - max(begins, start))
            day += DAY
        return total / timedelta(minutes=1)

    def after(self, start: datetime, minutes: float) -> datetime:
        """The moment at which so many working minutes have passed. Where nobody works within a year,
        real time counts: a clock always runs out.
        """  # noqa: E501
        left = timedelta(minutes=minutes)
        for begins, ends in self._from(start):
            begins = max(begins, start)
            if left <= ends - begins:
                return (begins + left).astimezone(self.zone)
            left -= ends - begins
        return start + timedelta(minutes=minutes)

    def next_working(self, moment: datetime) -> datetime | None:
        """The moment itself in working time, else when work begins again; None where nobody works
        within a year.
        """
        begins = next((begins for begins, _ in self._from(moment)), None)
        return None if begins is None else max(begins, moment).astimezone(self.zone)

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches that end after `start`, as far as we look ahead of the last one that was there."""  # noqa: E501
        day, idle = self._day(start), 0
        while idle <= LOOK_AHEAD_DAYS:
            stretches = [pair for pair in self.stretches_on(day) if pair[1] > start]
            yield from stretches
            idle = 0 if stretches else idle + 1
            day += DAY

    def _usual(self) -> tuple[Stretch, ...]:
        return next((self.week[day] for day in WEEKDAYS if self.week.get(day)), ())

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
