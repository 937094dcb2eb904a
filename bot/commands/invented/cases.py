"""Invented cases: what each is about, who has it, and what became of it. Writes nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.commands.invented.sentences import Sentences
from bot.commands.invented.staff import Staff
from bot.commands.invented.times import Times
from bot.counselling.models import Case
from bot.counselling.services import priority_of
from bot.programme.models import Domain

WEEKS = 26
OPEN_SHARE = 4
REASONS = {
    Case.Reason.MEDICAL_EMERGENCY: 9,
    Case.Reason.CHILD_ABUSE: 3,
    Case.Reason.DOMESTIC_VIOLENCE: 4,
    Case.Reason.SELF_HARM: 3,
    Case.Reason.SEE_DOCTOR_SOON: 14,
    Case.Reason.CAREGIVER_DISTRESS: 15,
    Case.Reason.DEVELOPMENTAL_CONCERN: 14,
    Case.Reason.WANTS_HUMAN: 10,
    Case.Reason.ASKED: 12,
    Case.Reason.OFFER: 7,
    Case.Reason.TWO_FAILURES: 5,
    Case.Reason.LOW_RATING: 4,
}
SECOND_READ = {Case.Reason.CHILD_ABUSE, Case.Reason.SELF_HARM, Case.Reason.DOMESTIC_VIOLENCE}
# Of open cases; a case that waits has no holder yet.
STATES = {
    Case.State.WAITING: 25,
    Case.State.CLAIMED: 32,
    Case.State.WAITING_FOR_PARENT: 30,
    Case.State.SNOOZED: 13,
}
OUTCOMES = {
    Case.Outcome.ANSWERED: 58,
    Case.Outcome.REFERRED: 22,
    Case.Outcome.NO_REPLY: 13,
    Case.Outcome.MISTAKE: 7,
}
# Minutes to the first response: the target, and what half of the cases take; minutes to the end.
CLOCKS = {
    Case.Priority.URGENT: (15, 7, 24 * 60),
    Case.Priority.HIGH: (60, 30, 72 * 60),
    Case.Priority.NORMAL: (240, 95, 5 * 24 * 60),
}


@dataclass
class Plan:
    """A case that is to be written, with who is in it. `family` is a place in the list of them."""

    case: Case
    family: int
    opening: str
    rating_at: datetime | None = None
    history: list[tuple[str, datetime, Any, dict[str, Any]]] = field(default_factory=list)


class Planner:
    def __init__(self, rng: random.Random, sentences: Sentences, staff: Staff, now: datetime):
        self.rng, self.sentences, self.staff, self.now = rng, sentences, staff, now
        self.times = Times(rng, now.tzinfo)  # type: ignore[arg-type]
        self.begin = now - timedelta(weeks=WEEKS)
        self.provinces: dict[int, str] = {}
        self.taken: dict[int, list[tuple[datetime, datetime]]] = {}

    def plans(self, count: int, families: list[tuple[str, int]]) -> list[Plan]:
        """In the order of their opening; the first families have the open ones, one each.
        `families`: nickname and months of each child.
        """
        open_count = count // OPEN_SHARE
        found = [self._open(place, *families[place]) for place in range(open_count)]
        for _ in range(count - open_count):
            opened, closed = self._stretch()
            place = self._free_family(len(families), opened, closed)
            found.append(self._closed(place, *families[place], opened, closed))
        return sorted(found, key=lambda plan: plan.case.opened_at)

    def _stretch(self) -> tuple[datetime, datetime]:
        opened = self.times.moment(self.begin, self.now - timedelta(hours=6))
        return opened, min(self.now, opened + self.times.wait(26 * 60, 1.0))

    def _free_family(self, count: int, opened: datetime, closed: datetime) -> int:
        """A family that has no other case at that time."""
        while True:
            place = self.rng.randrange(count)
            others = self.taken.setdefault(place, [])
            if all(closed < start or opened > end for start, end in others):
                others.append((opened, closed))
                return place

    def _begun(self, place: int, child: str, months: int, opened: datetime) -> Plan:
        rng = self.rng
        reason = rng.choices(list(REASONS), list(REASONS.values()))[0]
        topic = rng.choices([*Domain.values, ""], [14, 12, 9, 5, 6, 14, 12, 3, 2, 3, 20])[0]
        priority = Case.Priority(priority_of(reason))
        first, _, resolution = CLOCKS[priority]
        counted = opened if priority != Case.Priority.NORMAL else self.times.next_working(opened)
        case = Case(
            reason=reason,
            priority=priority,
            topic=topic,
            province=self.provinces.setdefault(
                place, self.sentences.one_of("provinces") if rng.random() < 0.85 else ""
            ),
            team=self.staff.team_for(reason, topic, rng),
            child_age_months=months if rng.random() < 0.9 else None,
            opened_at=opened,
            first_response_due_at=counted + timedelta(minutes=first),
            resolution_due_at=counted + timedelta(minutes=resolution),
            feeling_before=rng.choices([1, 2, 3, 4, 5], [18, 34, 28, 14, 6])[0]
            if rng.random() < 0.6
            else None,
            # The parents of invented cases are told nothing more.
            unclaimed_told=3,
            unclaimed_told_at=opened,
        )
        plan = Plan(case, place, self.sentences.opening(reason, child, months))
        plan.history.append(("opened", opened, None, {"reason": reason, "priority": priority}))
        return plan

    def _answered(self, plan: Plan, until: datetime) -> None:
        case, rng = plan.case, self.rng
        median = CLOCKS[Case.Priority(case.priority)][1]
        wanted = case.opened_at + self.times.wait(median, 0.8)
        if case.priority == Case.Priority.NORMAL:
            wanted = self.times.next_working(wanted)
        case.first_response_at = min(wanted, case.opened_at + (until - case.opened_at) * 0.8)
        case.claimed_at = case.opened_at + (case.first_response_at - case.opened_at) * rng.uniform(
            0.3, 0.9
        )
        case.assignee = self.staff.someone(case.team, rng)
        plan.history.append(("claimed", case.claimed_at, case.assignee, {}))
        plan.history.append(("replied", case.first_response_at, case.assignee, {}))
        if case.reason in SECOND_READ and rng.random() < 0.7:
            case.second_reader = self.staff.someone(case.team, rng)
        for due, done in (
            (case.first_response_due_at, case.first_response_at),
            (case.resolution_due_at, until),
        ):
            if due and due < done:
                case.warned_at, case.escalated_at = due - timedelta(minutes=3), due
        if case.escalated_at:
            plan.history.append(("escalated", case.escalated_at, None, {}))

    def _open(self, place: int, child: str, months: int) -> Plan:
        rng = self.rng
        state = rng.choices(list(STATES), list(STATES.values()))[0]
        if state == Case.State.WAITING:
            age = timedelta(minutes=rng.choice((12, 60, 240, 900)) * rng.random())
        else:
            age = min(timedelta(hours=2) + self.times.wait(36 * 60, 1.1), timedelta(days=40))
        opened = self.now - age
        plan = self._begun(place, child, months, opened)
        self.taken[place] = [(opened, self.now)]
        plan.case.state = state
        if state == Case.State.WAITING:
            due = plan.case.first_response_due_at
            if due and due < self.now:
                plan.case.warned_at, plan.case.escalated_at = due - timedelta(minutes=3), due
                plan.history.append(("escalated", due, None, {}))
            return plan
        self._answered(plan, self.now)
        if state == Case.State.SNOOZED:
            plan.case.snoozed_until = self.now + timedelta(hours=rng.randint(2, 96))
        if rng.random() < 0.05 and plan.case.first_response_at:
            self._reopened(plan, self.times.moment(plan.case.first_response_at, self.now))
        return plan

    def _closed(
        self, place: int, child: str, months: int, opened: datetime, closed: datetime
    ) -> Plan:
        rng = self.rng
        plan = self._begun(place, child, months, opened)
        self._answered(plan, closed)
        case = plan.case
        case.state, case.closed_at = Case.State.CLOSED, closed
        is_emergency = case.reason == Case.Reason.MEDICAL_EMERGENCY and rng.random() < 0.6
        case.outcome = (
            Case.Outcome.EMERGENCY
            if is_emergency
            else rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        )
        case.summary = self.sentences.summary(case.outcome, child)
        if rng.random() < 0.06 and case.first_response_at:
            self._reopened(plan, self.times.moment(case.first_response_at, closed))
        plan.history.append(("closed", closed, case.assignee, {"outcome": case.outcome}))
        if rng.random() < 0.55:
            case.rating = rng.choices([1, 2, 3, 4, 5], [4, 6, 14, 34, 42])[0]
            before = case.feeling_before or 2
            case.feeling_after = min(5, max(1, before + rng.choice((-1, 0, 0, 1, 1, 1, 2, 2))))
            plan.history.append(("rated", closed, None, {"rating": case.rating}))
        return plan

    def _reopened(self, plan: Plan, at: datetime) -> None:
        plan.case.reopened_at, plan.case.times_reopened = at, 1
        plan.history.append(("reopened", at, None, {}))
